import type { Change } from '#protocol/lesion.ts';
import { t } from '../i18n/translate.ts';
import { wholePercent } from './numbers.ts';

/** “+12 %”, “−3 %”, “0 %”. */
export function signedPercent(value: number): string {
  const whole = Math.round(value);
  const sign = whole > 0 ? '+' : whole < 0 ? '−' : '';
  return `${sign}${wholePercent(Math.abs(whole))}`;
}

/** What the area's interval says about the size. */
export function sizeWords({ low, high }: Change): string {
  if (low > 0) return t('compare.larger');
  return high < 0 ? t('compare.smaller') : t('compare.same');
}

/** The ends of the interval, as text. */
export function changeInterval({ low, high }: Change): string {
  return t('compare.interval', { low: signedPercent(low), high: signedPercent(high) });
}

/** The shape difference cannot be negative. */
export function shapeInterval({ low, high }: Change): string {
  return t('compare.interval', { low: wholePercent(low), high: wholePercent(high) });
}
