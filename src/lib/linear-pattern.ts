/**
 * A pattern in the subset of regular expressions that needs no backtracking: a sequence of literal characters and
 * classes (`[A-Z0-9-]`), each with a quantifier (`?`, `*`, `+`, `{6}`, `{3,40}`). A regular expression from a setting
 * could block the kiosk for hours on one text; here the time grows only with the lengths of text and pattern.
 */
export interface PatternPart {
  /** By code unit, inclusive. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly least: number;
  readonly most: number;
}

const ITEM =
  /(\[(?:[A-Za-z0-9](?:-[A-Za-z0-9])?|[ _./+:#-])+\]|[A-Za-z0-9 _/:#-])(\?|\*|\+|\{\d{1,2}(?:,\d{1,2})?\})?/gy;

/** @throws RangeError if it does not have that form */
export function parsePattern(text: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  let at = 0;
  for (const [whole, what = '', often] of text.matchAll(ITEM)) {
    parts.push({ ranges: rangesOf(what), ...countsOf(often) });
    at += whole.length;
  }
  if (at !== text.length || parts.length === 0) throw new RangeError('not a pattern');
  if (parts.some(({ ranges, least, most }) => least > most || ranges.some(([from, to]) => from > to)))
    throw new RangeError('a pattern that nothing matches');
  return parts;
}

export function isPattern(text: string): boolean {
  try {
    parsePattern(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the whole text matches: tracks all possible positions in the pattern in parallel. */
export function fits(parts: readonly PatternPart[], text: string): boolean {
  let places = new Set<string>();
  const enter = (into: Set<string>, part: number, count: number): void => {
    into.add(`${part} ${count}`);
    const next = parts[part];
    if (next !== undefined && count >= next.least) enter(into, part + 1, 0);
  };
  enter(places, 0, 0);
  for (let i = 0; i < text.length; i += 1) {
    const after = new Set<string>();
    for (const place of places) {
      const [part = 0, count = 0] = place.split(' ').map(Number);
      const at = parts[part];
      if (at === undefined || count === at.most || !holds(at, text.charCodeAt(i))) continue;
      // Beyond the minimum, without a maximum, further counting would only create more positions.
      enter(after, part, at.most === Infinity ? Math.min(count + 1, at.least) : count + 1);
    }
    places = after;
  }
  return places.has(`${parts.length} 0`);
}

function holds({ ranges }: PatternPart, code: number): boolean {
  return ranges.some(([from, to]) => from <= code && code <= to);
}

function rangesOf(what: string): (readonly [number, number])[] {
  const inner = what.length > 1 ? what.slice(1, -1) : what;
  return [...inner.matchAll(/([A-Za-z0-9])-([A-Za-z0-9])|(.)/g)].map(([, from, to, one = '']) =>
    from === undefined || to === undefined
      ? [one.charCodeAt(0), one.charCodeAt(0)]
      : [from.charCodeAt(0), to.charCodeAt(0)],
  );
}

function countsOf(often = '{1}'): { readonly least: number; readonly most: number } {
  if (often === '?') return { least: 0, most: 1 };
  if (often === '*') return { least: 0, most: Infinity };
  if (often === '+') return { least: 1, most: Infinity };
  const [least = 1, most = least] = often.slice(1, -1).split(',').map(Number);
  return { least, most };
}
