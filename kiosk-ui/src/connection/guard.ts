/**
 * What a value from the kiosk must look like: a `typeof`, or an object with one field that says which kind of shape it
 * is. Additional fields are accepted, so that an older page works with a newer service. Ranges and formats are left to
 * the service, whose tests validate every response against the complete schema.
 *
 * An interpreter of shapes rather than the code that TypeBox generates from the same schemas: that adds 5.2 kB to the
 * compressed screen instead of 2.8 kB, and does not say where a value differs.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'unknown'
  | { readonly oneOf: readonly (string | number | boolean | null)[] }
  | { readonly anyOf: readonly Shape[] }
  | { readonly array: Shape }
  | { readonly tuple: readonly Shape[] }
  /** An object with any keys, all of whose values have the same shape. */
  | { readonly record: Shape }
  /** A name that ends in `?` is an optional field. */
  | { readonly object: Readonly<Record<string, Shape>> };

/** @param onMismatch called with the first place that differs, such as `/sessions/0/number`; never with a value */
export type Guard<T> = (value: unknown, onMismatch?: (place: string) => void) => value is T;

export function guard<T>(shape: Shape): Guard<T> {
  return (value, onMismatch): value is T => {
    const place = mismatch(value, shape, '');
    if (place !== undefined) onMismatch?.(place === '' ? '/' : place);
    return place === undefined;
  };
}

/** @returns the first place that differs; `undefined` if there is none */
function mismatch(value: unknown, shape: Shape, at: string): string | undefined {
  if (typeof shape === 'string') return shape === 'unknown' || typeof value === shape ? undefined : at;
  if ('oneOf' in shape) return shape.oneOf.some((each) => each === value) ? undefined : at;
  if ('anyOf' in shape) {
    const places = shape.anyOf.map((each) => mismatch(value, each, at));
    if (places.includes(undefined)) return undefined;
    return places[shape.anyOf.findIndex((each) => isMeant(value, each))] ?? at;
  }
  if ('array' in shape || 'tuple' in shape) {
    if (!Array.isArray(value)) return at;
    const items: readonly unknown[] = value;
    if ('array' in shape)
      return first(
        items.map((item, i) => [String(i), item, shape.array]),
        at,
      );
    return first(
      shape.tuple.map((each, i) => [String(i), items[i], each]),
      at,
    );
  }
  if (!isObject(value)) return at;
  const parts: readonly Part[] =
    'record' in shape
      ? Object.entries(value).map(([name, part]) => [name, part, shape.record])
      : Object.entries(shape.object)
          .map(([key, each]) => ({ key, name: key.replace('?', ''), each }))
          .filter(({ key, name }) => key === name || value[name] !== undefined)
          .map(({ name, each }) => [name, value[name], each]);
  return first(parts, at);
}

type Part = readonly [name: string, value: unknown, shape: Shape];

function first(parts: readonly Part[], at: string): string | undefined {
  for (const [name, value, shape] of parts) {
    const place = mismatch(value, shape, `${at}/${name}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Whether a value that matches no alternative is intended as this one, by the fields that distinguish them. */
function isMeant(value: unknown, shape: Shape): boolean {
  if (!isObject(value) || typeof shape === 'string' || !('object' in shape)) return false;
  const tags = Object.entries(shape.object).filter(
    ([key, each]) => !key.endsWith('?') && typeof each === 'object' && 'oneOf' in each,
  );
  return tags.length > 0 && tags.every(([name, each]) => mismatch(value[name], each, '') === undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
