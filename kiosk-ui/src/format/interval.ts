import type { Figure } from '../../../src/protocol/http.ts';
import { fixed } from './numbers.ts';

/** @param words of an end of it */
export function interval({ low, high }: Figure, words: (share: number) => string): string {
  return low === undefined || high === undefined ? '–' : `${words(low)} – ${words(high)}`;
}

/** To three decimals. */
export function decimals(share: number): string {
  return fixed(share, 3);
}
