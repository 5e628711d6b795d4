import { CLASS_IDS, MALIGNANT_CLASSES, type ClassId, type Probabilities } from '../../protocol/classes.ts';
import type { Card } from './card.ts';

type Calibration = Card['calibration'];

/** Scores of one image; both are probabilities, 0–1. */
export interface Scores {
  /** Sum to 1; the three malignant ones sum to `malignancy`. */
  readonly probabilities: Probabilities;
  readonly malignancy: number;
}

/**
 * The malignant sum is clamped this far from 0 and 1 before taking its log-odds, so that no logit, however large, gives
 * certainty.
 */
const EDGE = 1e-6;

/**
 * From the network's logits to the scores: class bias, temperature, softmax, malignant sum, Platt scaling of the sum.
 * The classes of each side share the side's sum in the proportions of that softmax or, if the card has one, of the
 * softmax with the differential's own bias. So the seven still sum to 1, and the differential does not affect the
 * malignancy. `undefined` if a value is not finite.
 *
 * @param logits seven values in the order of `CLASS_IDS`
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017 (temperature scaling)
 * @see J. Platt, "Probabilistic outputs for support vector machines", 1999 (two-parameter map)
 */
export function scoresOf(
  logits: ArrayLike<number>,
  { calibration }: Pick<Card, 'calibration'>,
): Scores | undefined {
  const { temperature, classBias, differential } = calibration;
  const probabilities = biased(logits, temperature, classBias);
  if (probabilities === undefined) return undefined;
  const sum = Math.min(1, sumOf(probabilities, isMalignant));
  const malignancy =
    calibration.malignancy === undefined ? sum : calibratedMalignancy(sum, calibration.malignancy);
  if (differential === undefined && calibration.malignancy === undefined)
    return { probabilities, malignancy };
  const shares =
    differential === undefined ? probabilities : biased(logits, temperature, differential.classBias);
  return shares && { probabilities: withSum(shares, malignancy), malignancy };
}

/**
 * Gradient of the log-odds of the malignant sum along each logit, up to a common factor: the class's fraction of its
 * own side, negative for the benign ones. In the order of `CLASS_IDS`; NaN if a logit is not finite.
 */
export function slopesOf(
  logits: ArrayLike<number>,
  { calibration: { temperature, classBias } }: Pick<Card, 'calibration'>,
): readonly number[] {
  const probabilities = biased(logits, temperature, classBias);
  if (probabilities === undefined) return CLASS_IDS.map(() => NaN);
  const sides = { malignant: sumOf(probabilities, isMalignant), benign: sumOf(probabilities, isBenign) };
  return CLASS_IDS.map((id) => {
    const side = isMalignant(id) ? sides.malignant : -sides.benign;
    return side === 0 ? 0 : probabilities[id] / side;
  });
}

/** Softmax with a bias (default 0). `undefined` unless there are seven finite values. */
function biased(
  logits: ArrayLike<number>,
  temperature: number,
  classBias: readonly number[] = [],
): Probabilities | undefined {
  const shares = softmax(
    Array.from(logits, (logit, i) => logit + (classBias[i] ?? 0)),
    temperature,
  );
  if (shares.length !== CLASS_IDS.length || !shares.every(Number.isFinite)) return undefined;
  return byClass((_, i) => shares[i] ?? 0);
}

/** Strictly monotonic between the clamps: a larger sum never becomes a smaller malignancy. */
function calibratedMalignancy(
  sum: number,
  { slope, intercept }: NonNullable<Calibration['malignancy']>,
): number {
  const kept = Math.min(1 - EDGE, Math.max(EDGE, sum));
  return 1 / (1 + Math.exp(-(slope * Math.log(kept / (1 - kept)) + intercept)));
}

/** The same probabilities rescaled to another malignant sum. */
function withSum(probabilities: Probabilities, malignancy: number): Probabilities {
  const malignant = scaledTo(malignancy, probabilities, isMalignant);
  const benign = scaledTo(1 - malignancy, probabilities, isBenign);
  return byClass((id) => (isMalignant(id) ? malignant(id) : benign(id)));
}

/** Scales one side's probabilities to a sum; if all are zero, they share the sum equally. */
function scaledTo(
  target: number,
  probabilities: Probabilities,
  isOfSide: (id: ClassId) => boolean,
): (id: ClassId) => number {
  const sum = sumOf(probabilities, isOfSide);
  if (sum === 0) return () => target / CLASS_IDS.filter(isOfSide).length;
  // Divided first: the factor for a sum near zero would overflow.
  return (id) => (probabilities[id] / sum) * target;
}

function sumOf(probabilities: Probabilities, isOfSide: (id: ClassId) => boolean): number {
  return CLASS_IDS.filter(isOfSide).reduce((sum, id) => sum + probabilities[id], 0);
}

export function isMalignant(id: ClassId): boolean {
  return MALIGNANT_CLASSES.includes(id);
}

function isBenign(id: ClassId): boolean {
  return !isMalignant(id);
}

export function byClass(valueOf: (id: ClassId, i: number) => number): Probabilities {
  return Object.fromEntries(CLASS_IDS.map((id, i) => [id, valueOf(id, i)])) as Record<ClassId, number>;
}

/** Softmax of `logits / temperature`, shifted by the maximum to avoid overflow. */
export function softmax(logits: ArrayLike<number>, temperature = 1): number[] {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  const top = Math.max(...scaled);
  const exponentials = scaled.map((value) => Math.exp(value - top));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}
