import type { Figure } from '#protocol/http.ts';
import { fixed, percent } from './numbers.ts';

/** @param words formats one end of it */
export function interval({ low, high }: Figure, words: (share: number) => string): string {
  return low === undefined || high === undefined ? '–' : `${words(low)}–${words(high)}`;
}

/** To three decimals. */
export function decimals(share: number): string {
  return fixed(share, 3);
}

/** In whole per cent, with one sign for both ends. */
export function percentInterval({ low, high }: Required<Pick<Figure, 'low' | 'high'>>): string {
  return `${percent(low).replace(/\s*%$/u, '')}–${percent(high)}`;
}
