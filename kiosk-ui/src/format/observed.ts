import { endsInPercent } from '#protocol/observed.ts';
import { local } from './numbers.ts';

/** Both ends of an interval (0–1) in whole per cent, with one sign. */
export function wholeInterval(interval: { readonly low: number; readonly high: number }): string {
  const [low, high] = endsInPercent(interval);
  return `${low}–${local(`${high}\u00a0%`)}`;
}
