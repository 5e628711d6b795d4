/**
 * A barcode scanner that types like a keyboard, told from a person by its pace: every key within a blink of the one before, Enter at the end. Pure;
 * `at` is when the key went down, ms, not when the page came to it.
 */
export interface Wedge {
  readonly text: string;
  readonly at: number;
}

export const QUIET: Wedge = { text: '', at: -Infinity };

/** Longest pause inside one code, ms: scanners leave 1 to 20, a person's fastest keys are some 80 apart. */
export const GAP_MS = 50;
/** Shorter codes are two keys that fell together. */
export const SHORTEST = 3;
export const LONGEST = 80;

export interface WedgeStep {
  readonly wedge: Wedge;
  /** True where the key follows the one before as only a scanner's does. */
  readonly fast: boolean;
  /** The whole code, with its last key. */
  readonly scanned?: string;
}

export function wedgeStep({ text, at: before }: Wedge, key: string, at: number): WedgeStep {
  const fast = at - before <= GAP_MS;
  if (key === 'Enter') {
    const scanned = text.trim();
    const isCode = fast && scanned.length >= SHORTEST && text.length <= LONGEST;
    return { wedge: QUIET, fast, ...(isCode ? { scanned } : {}) };
  }
  // One more than the longest is remembered, so that what is too long stays too long.
  if (key.length === 1) return { wedge: { text: fast ? (text + key).slice(0, LONGEST + 1) : key, at }, fast };
  // A capital's Shift comes between two keys.
  return { wedge: key === 'Shift' ? { text, at: before } : QUIET, fast: false };
}
