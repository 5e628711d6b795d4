import { CLASS_IDS, MALIGNANT_CLASSES, type ClassId, type Probabilities } from '../protocol/classes.ts';
import type { Card } from './card.ts';

type Calibration = Card['calibration'];

/** The numbers of one answer; both are probabilities, 0–1. */
export interface Scores {
  /** Sum to 1; the three malignant ones to `malignancy`. */
  readonly probabilities: Probabilities;
  readonly malignancy: number;
}

/** A malignant sum is kept this far from 0 and 1 before its log-odds are taken, so that no logit however large gives certainty. */
const EDGE = 1e-6;

/**
 * From the network's logits to the numbers: class bias, temperature, softmax, malignant sum, Platt's map of the sum. The map scales the
 * classes of each side alike, so that the seven still sum to 1 and the order inside a side stays. `undefined` when a number is not finite.
 *
 * @param logits seven values in the order of `CLASS_IDS`
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017 (temperature scaling)
 * @see J. Platt, "Probabilistic outputs for support vector machines", 1999 (two-parameter map)
 */
export function scoresOf(
  logits: ArrayLike<number>,
  { calibration }: Pick<Card, 'calibration'>,
): Scores | undefined {
  const { temperature, classBias } = calibration;
  const biased = Array.from(logits, (logit, i) => logit + (classBias?.[i] ?? 0));
  const shares = softmax(biased, temperature);
  if (shares.length !== CLASS_IDS.length || !shares.every(Number.isFinite)) return undefined;
  const probabilities = byClass((_, i) => shares[i] ?? 0);
  const sum = Math.min(1, sumOf(probabilities, isMalignant));
  if (calibration.malignancy === undefined) return { probabilities, malignancy: sum };
  const malignancy = mapped(sum, calibration.malignancy);
  return { probabilities: withSum(probabilities, malignancy), malignancy };
}

/** Strictly monotone between the edges: a larger sum never becomes a smaller malignancy. */
function mapped(sum: number, { slope, intercept }: NonNullable<Calibration['malignancy']>): number {
  const kept = Math.min(1 - EDGE, Math.max(EDGE, sum));
  return 1 / (1 + Math.exp(-(slope * Math.log(kept / (1 - kept)) + intercept)));
}

/** The same probabilities with another malignant sum. */
function withSum(probabilities: Probabilities, malignancy: number): Probabilities {
  const malignant = scaledTo(malignancy, probabilities, isMalignant);
  const benign = scaledTo(1 - malignancy, probabilities, (id) => !isMalignant(id));
  return byClass((id) => (isMalignant(id) ? malignant(id) : benign(id)));
}

/** Scales one side's probabilities to a sum; a side that had nothing at all shares the sum evenly. */
function scaledTo(
  target: number,
  probabilities: Probabilities,
  isOfSide: (id: ClassId) => boolean,
): (id: ClassId) => number {
  const sum = sumOf(probabilities, isOfSide);
  if (sum === 0) return () => target / CLASS_IDS.filter(isOfSide).length;
  // Divided first: a factor of a sum near zero would overflow.
  return (id) => (probabilities[id] / sum) * target;
}

function sumOf(probabilities: Probabilities, isOfSide: (id: ClassId) => boolean): number {
  return CLASS_IDS.filter(isOfSide).reduce((sum, id) => sum + probabilities[id], 0);
}

export function isMalignant(id: ClassId): boolean {
  return MALIGNANT_CLASSES.includes(id);
}

function byClass(valueOf: (id: ClassId, i: number) => number): Probabilities {
  return Object.fromEntries(CLASS_IDS.map((id, i) => [id, valueOf(id, i)])) as Record<ClassId, number>;
}

/** Softmax of `logits / temperature`, shifted by the maximum so that it cannot overflow. */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const top = Math.max(...scaled);
  const exponentials = scaled.map((value) => Math.exp(value - top));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}
