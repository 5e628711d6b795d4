import { describe, KioskError } from './errors.ts';

export interface Tried<T> {
  /** In the order in which they were tried. */
  readonly opened: readonly T[];
  /** What failed, each with its reason; empty when nothing did. */
  readonly passedOver: string;
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
): Promise<Tried<T>> {
  const opened: T[] = [];
  const passedOver: string[] = [];
  for (const name of names) {
    try {
      const one = await open(name);
      opened.push(one);
      if (enough(one)) break;
    } catch (error) {
      // Without what the system said: several of these have to be read on a small screen.
      passedOver.push(`${name}: ${error instanceof KioskError ? error.message : describe(error)}`);
    }
  }
  return { opened, passedOver: passedOver.join('; ') };
}

/** Which way `auto` took, and why none before it. */
export function choiceOfAuto(places: readonly string[], passedOver: string): string {
  const over = passedOver === '' ? '' : `; passed over ${passedOver}`;
  return `auto found ${places.join(' and ')}${over}`;
}
