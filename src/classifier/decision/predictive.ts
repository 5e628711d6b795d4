import type { Figure, PredictiveValues } from '../../protocol/http.ts';
import type { Card } from '../model/card.ts';
import { defaultOperatingPoint } from './verdict.ts';

/** Prevalences for which predictive values are given: from a general practice to a clinic for suspicious lesions. */
export const PREVALENCES = [0.02, 0.05, 0.1, 0.2, 0.4] as const;

/** All 0–1. */
export interface TestInUse {
  readonly sensitivity: number;
  readonly specificity: number;
  /** Prevalence of malignancy. */
  readonly prevalence: number;
}

/** Both 0–1; undefined if no lesion is on that side of the threshold. */
export interface Predictive {
  /** Fraction of the lesions above the threshold that are malignant (PPV). */
  readonly positive: number | undefined;
  /** Fraction of the lesions below the threshold that are benign (NPV). */
  readonly negative: number | undefined;
}

/**
 * Predictive values at a prevalence, by Bayes' theorem; both grow with sensitivity and specificity. At a prevalence of
 * 0 the PPV is 0 and the NPV is 1, at a prevalence of 1 the reverse; a side of the threshold without any lesions has no
 * predictive value.
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

/** The fraction `part` / (`part` + `rest`). */
function shareOf(part: number, rest: number): number | undefined {
  return part + rest === 0 ? undefined : part / (part + rest);
}

/**
 * The predictive values of the default operating point at each of `PREVALENCES` and at the stated one.
 *
 * Their intervals run from the lower ends of both intervals of the operating point to the upper ends. Malignant and
 * benign images are sampled independently, so both ends are rarely missed at once: the intervals are too wide rather
 * than too narrow.
 */
export function predictiveTable(
  card: Pick<Card, 'operatingPoints'>,
  stated?: number,
): readonly PredictiveValues[] {
  const { sensitivity, specificity } = defaultOperatingPoint(card);
  return sharesWith(stated).map((prevalence) => {
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

/** Rising; the stated share to a tenth of a per cent, as it is shown. */
function sharesWith(stated: number | undefined): readonly number[] {
  const further = stated === undefined ? [] : [Math.round(stated * 1000) / 1000];
  return [...new Set<number>([...PREVALENCES, ...further])].sort((a, b) => a - b);
}

function figureOf(
  value: number | undefined,
  low: number | undefined,
  high: number | undefined,
): Figure | undefined {
  if (value === undefined) return undefined;
  return low === undefined || high === undefined ? { value } : { value, low, high };
}
