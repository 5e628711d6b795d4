import type { PredictiveValues } from './http.ts';
import { percent } from './percent.ts';

/** A row of predictive values as a sentence, with placeholders in braces. */
export const IN_COUNTS = {
  sentence:
    'If {prevalence} of lesions are malignant, so are {above} of 100 above the threshold and {below} of 1000 below it.',
  about: 'about {count}',
  fewer: 'fewer than 1',
} as const;

export interface Counts {
  /** Malignant lesions per 100 above the threshold, and per 1000 below it; 0 stands for fewer than one. */
  readonly above: number;
  readonly below: number;
}

/** `undefined` if a side of the threshold has no lesions. */
export function countsOf({ positive, negative }: PredictiveValues): Counts | undefined {
  if (positive === undefined || negative === undefined) return undefined;
  return { above: Math.round(positive.value * 100), below: Math.round((1 - negative.value) * 1000) };
}

/**
 * A row of predictive values as natural frequencies, which are easier to understand than conditional probabilities;
 * empty if a side of the threshold has no lesions.
 *
 * @see G. Gigerenzer, A. Edwards, "Simple tools for understanding risks: from innumeracy to insight", BMJ 327 (2003)
 */
export function inCounts(values: PredictiveValues): string {
  const counts = countsOf(values);
  if (counts === undefined) return '';
  return IN_COUNTS.sentence
    .replace('{prevalence}', percent(values.prevalence))
    .replace('{above}', about(counts.above))
    .replace('{below}', about(counts.below));
}

function about(count: number): string {
  return count === 0 ? IN_COUNTS.fewer : IN_COUNTS.about.replace('{count}', `${count}`);
}
