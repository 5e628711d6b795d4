import { describe, KioskError } from './errors.ts';

export interface Attempt<T> {
  /** In the order in which they were tried. */
  readonly opened: readonly T[];
  /** What failed, each with its reason; empty when nothing did. */
  readonly failures: string;
}

/**
 * Tries ways to one thing in an order. What fails is passed over.
 *
 * @param enough whether nothing further is to be tried once this is there
 */
export async function tryInOrder<N extends string, T>(
  names: readonly N[],
  open: (name: N) => Promise<T>,
  enough: (opened: T) => boolean,
): Promise<Attempt<T>> {
  const opened: T[] = [];
  const failures: string[] = [];
  for (const name of names) {
    try {
      const one = await open(name);
      opened.push(one);
      if (enough(one)) break;
    } catch (error) {
      // Without what the system said: several of these have to be read on a small screen.
      failures.push(`${name}: ${error instanceof KioskError ? error.message : describe(error)}`);
    }
  }
  return { opened, failures: failures.join('; ') };
}

/** Which way `auto` took, and why none before it. */
export function autoChoice(places: readonly string[], failures: string): string {
  const over = failures === '' ? '' : `; skipped ${failures}`;
  return `auto found ${places.join(' and ')}${over}`;
}
