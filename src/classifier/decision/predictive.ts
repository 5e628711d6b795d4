import type { Figure, PredictiveValues } from '../../protocol/http.ts';
import type { Card } from '../model/card.ts';
import { defaultOperatingPoint } from './verdict.ts';

/** Shares of malignant lesions for which predictive values are told: from a general practice to a clinic for suspicious lesions. */
export const PREVALENCES = [0.02, 0.05, 0.1, 0.2, 0.4] as const;

/** All 0–1. */
export interface TestInUse {
  readonly sensitivity: number;
  readonly specificity: number;
  /** Share of the lesions that are malignant. */
  readonly prevalence: number;
}

/** Both 0–1; undefined where no lesion is on that side of the threshold. */
export interface Predictive {
  /** Share of the lesions above the threshold that are malignant (PPV). */
  readonly positive: number | undefined;
  /** Share of the lesions below the threshold that are benign (NPV). */
  readonly negative: number | undefined;
}

/**
 * What a result is worth where this share of the lesions is malignant, by Bayes' theorem; both values grow with the sensitivity and with
 * the specificity. A prevalence of 0 has a positive value of 0 and a negative one of 1, a prevalence of 1 the other way round; but where
 * no lesion at all is on a side of the threshold, nothing can be said of those on it.
 *
 * @see D. G. Altman, J. M. Bland, "Diagnostic tests 2: predictive values", BMJ 309 (1994)
 */
export function predictiveValues({ sensitivity, specificity, prevalence }: TestInUse): Predictive {
  const benign = 1 - prevalence;
  return {
    positive: shareOf(sensitivity * prevalence, (1 - specificity) * benign),
    negative: shareOf(specificity * benign, (1 - sensitivity) * prevalence),
  };
}

/** `part` of `part` and `rest`. */
function shareOf(part: number, rest: number): number | undefined {
  return part + rest === 0 ? undefined : part / (part + rest);
}

/**
 * The predictive values of the default operating point at each of `PREVALENCES`.
 *
 * Their intervals go from the lower ends of both intervals of the point to the upper ends. Malignant and benign pictures are counted
 * apart, so both ends are seldom missed at once: the intervals are rather too wide than too narrow.
 */
export function predictiveTable(card: Pick<Card, 'operatingPoints'>): readonly PredictiveValues[] {
  const { sensitivity, specificity } = defaultOperatingPoint(card);
  return PREVALENCES.map((prevalence) => {
    const at = (end: keyof Figure): Predictive => {
      const [found, spared] = [sensitivity[end], specificity[end]];
      if (found === undefined || spared === undefined) return { positive: undefined, negative: undefined };
      return predictiveValues({ sensitivity: found, specificity: spared, prevalence });
    };
    const [value, low, high] = [at('value'), at('low'), at('high')];
    return {
      prevalence,
      positive: figureOf(value.positive, low.positive, high.positive),
      negative: figureOf(value.negative, low.negative, high.negative),
    };
  });
}

function figureOf(
  value: number | undefined,
  low: number | undefined,
  high: number | undefined,
): Figure | undefined {
  if (value === undefined) return undefined;
  return low === undefined || high === undefined ? { value } : { value, low, high };
}
