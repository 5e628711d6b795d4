import {
  CLASS_IDS,
  LESION_CLASSES,
  MALIGNANT_CLASSES,
  type ClassId,
  type Probabilities,
} from '../protocol/classes.ts';
import type { WithheldReason } from '../protocol/reasons.ts';
import type { ClassShare } from '../protocol/view.ts';
import type { Card } from './card.ts';

/** The numbers of one answer; both are probabilities, 0–1. */
export interface Scores {
  readonly probabilities: Probabilities;
  readonly malignancy: number;
}

export type Verdict =
  | ({
      readonly outcome: 'result';
      readonly threshold: number;
      readonly statement: 'above' | 'below';
    } & Scores)
  | { readonly outcome: 'withheld'; readonly reason: WithheldReason };

/**
 * From the network's logits to the numbers: temperature, softmax, malignant sum. `undefined` when a number is not finite.
 *
 * @param logits seven values in the order of `CLASS_IDS`
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017 (temperature scaling)
 */
export function scoresOf(logits: ArrayLike<number>, card: Pick<Card, 'calibration'>): Scores | undefined {
  const probabilities = softmax(logits, card.calibration.temperature);
  if (probabilities.length !== CLASS_IDS.length || !probabilities.every(Number.isFinite)) return undefined;
  const byClass = Object.fromEntries(CLASS_IDS.map((id, i) => [id, probabilities[i] ?? 0])) as Record<
    ClassId,
    number
  >;
  const malignancy = MALIGNANT_CLASSES.reduce((sum, id) => sum + byClass[id], 0);
  return { probabilities: byClass, malignancy: Math.min(1, malignancy) };
}

/** Holds the numbers against the card's default operating point. No number leaves here when one of them is not finite. */
export function decide(scores: Scores | undefined, card: Pick<Card, 'operatingPoints'>): Verdict {
  if (scores === undefined) return { outcome: 'withheld', reason: 'not-finite' };
  const { threshold } = defaultOperatingPoint(card);
  return {
    outcome: 'result',
    ...scores,
    threshold,
    statement: scores.malignancy >= threshold ? 'above' : 'below',
  };
}

export function defaultOperatingPoint(card: Pick<Card, 'operatingPoints'>): Card['operatingPoints'][number] {
  const point = card.operatingPoints.find((candidate) => candidate.default) ?? card.operatingPoints[0];
  if (point === undefined) throw new Error('a card has at least one operating point');
  return point;
}

/** The differential as it is shown: most probable first; on a tie the more severe first. */
export function differential(probabilities: Probabilities): readonly ClassShare[] {
  return CLASS_IDS.map((id) => {
    const { severity, ...words } = LESION_CLASSES[id];
    return { share: { ...words, probability: probabilities[id] }, severity };
  })
    .sort((a, b) => b.share.probability - a.share.probability || b.severity - a.severity)
    .map(({ share }) => share);
}

/** Softmax of `logits / temperature`, shifted by the maximum so that it cannot overflow. */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const top = Math.max(...scaled);
  const exponentials = scaled.map((value) => Math.exp(value - top));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}
