import type { PredictiveValues } from './http.ts';
import { percent } from './percent.ts';

/**
 * A row of predictive values as counts, which are understood where conditional probabilities are not; empty where a side of the threshold
 * has no lesion.
 *
 * @see G. Gigerenzer, A. Edwards, "Simple tools for understanding risks: from innumeracy to insight", BMJ 327 (2003)
 */
export function inCounts({ prevalence, positive, negative }: PredictiveValues): string {
  if (positive === undefined || negative === undefined) return '';
  const above = about(positive.value * 100);
  const below = about((1 - negative.value) * 1000);
  return `Where ${percent(prevalence)} of the lesions are malignant, so are ${above} of 100 above the threshold and ${below} of 1000 below it.`;
}

function about(count: number): string {
  return count < 0.5 ? 'fewer than 1' : `about ${Math.round(count)}`;
}
