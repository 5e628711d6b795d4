import { describe, KioskError } from './errors.ts';

export interface Attempt<T> {
  /** In the order in which they were tried. */
  readonly opened: readonly T[];
  /** Failures with their reasons; empty if there were none. */
  readonly failures: string;
}

/**
 * Tries alternatives in order, skipping those that fail.
 *
 * @param enough whether to stop after this one
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
      // Without the system's message: several of these must be readable on a small screen.
      failures.push(`${name}: ${error instanceof KioskError ? error.message : describe(error)}`);
    }
  }
  return { opened, failures: failures.join('; ') };
}

/** The choice of `auto`, and why the earlier alternatives failed. */
export function autoChoice(places: readonly string[], failures: string): string {
  const over = failures === '' ? '' : `; skipped ${failures}`;
  return `auto found ${places.join(' and ')}${over}`;
}
