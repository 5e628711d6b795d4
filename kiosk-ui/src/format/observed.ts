import type { Observed } from '#protocol/view.ts';
import { local } from './numbers.ts';

/** Both ends in whole per cent, outwards, with one sign: a hundred lesions support no more precision. */
export function observedInterval(observed: Observed): string {
  const [low, high] = endsOf(observed);
  return `${low}–${local(`${high}\u00a0%`)}`;
}

/** Whether the number lies outside the interval as shown, so that the two must not be read as one statement. */
export function isContradicted(malignancy: number, observed: Observed): boolean {
  const [low, high] = endsOf(observed);
  return malignancy * 100 < low || malignancy * 100 > high;
}

function endsOf({ low, high }: Observed): readonly [low: number, high: number] {
  return [Math.floor(low * 100), Math.ceil(high * 100)];
}
