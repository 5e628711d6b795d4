import { local } from './numbers.ts';
import { t } from '../i18n/translate.ts';

/** From here on a whole number says enough. */
const WHOLE = 3;
const LEAST = 0.1;

/**
 * How many times the threshold a number is, in words that never contradict the statement: what would round to once the
 * threshold is "just above" or "just below" it.
 *
 * @param malignancy 0–1
 * @param threshold 0–1, not 0
 */
export function timesWords(malignancy: number, threshold: number): string {
  const times = malignancy / threshold;
  if (times < LEAST) return t('times.least');
  const rounded = times.toFixed(times >= WHOLE ? 0 : 1);
  if (rounded === '1.0') return t(times >= 1 ? 'times.just-above' : 'times.just-below');
  return t('times', { times: local(rounded.replace(/\.0$/, '')) });
}
