import { CLASS_IDS } from '../../protocol/classes.ts';
import type { Sample } from './sample.ts';

/** A figure of a sample; NaN if it is undefined, such as sensitivity without a malignant image. */
export type Measure = (sample: Sample) => number;

/** Number of equal-mass bins for the calibration error. */
export const CALIBRATION_BINS = 15;

/*
 * The definitions are those of `model/training/measures.py`; `test/fixtures/measures.json`, written by
 * `golden_measures.py` beside it, keeps both in agreement.
 */

/** Fraction of the images whose most probable class is the true one. */
export function accuracy({ answer, truth }: Sample): number {
  return truth === undefined ? NaN : share(answer.length, (i) => answer[i] === truth[i]);
}

/** Mean recall of the classes that occur, by the probabilities at equal frequencies of the classes. */
export function balancedAccuracy({ evenAnswer, truth }: Sample): number {
  const matrix = confusionOf({ answer: evenAnswer, ...(truth === undefined ? {} : { truth }) });
  const recalls = matrix.flatMap((row, truth) => {
    const total = row.reduce((a, b) => a + b, 0);
    return total === 0 ? [] : [(row[truth] ?? 0) / total];
  });
  return recalls.reduce((a, b) => a + b, 0) / recalls.length;
}

/**
 * Images by true class (rows) and most probable class (columns), in the order of `CLASS_IDS`; all 0 if no class is
 * known.
 */
export function confusionOf({ answer, truth }: Pick<Sample, 'answer' | 'truth'>): number[][] {
  const matrix = CLASS_IDS.map(() => CLASS_IDS.map(() => 0));
  truth?.forEach((row, i) => {
    const counts = matrix[row];
    const column = answer[i] ?? 0;
    if (counts !== undefined) counts[column] = (counts[column] ?? 0) + 1;
  });
  return matrix;
}

/**
 * Area under the ROC curve: the probability that, of a malignant and a benign image, the malignant one has the higher
 * malignancy, ties counting half.
 *
 * @see J. A. Hanley, B. J. McNeil, Radiology 143 (1982)
 */
export function malignancyAuc({ malignancy, malignant }: Sample): number {
  let [benignBelow, malignantBelow, wins] = [0, 0, 0];
  for (let i = 0; i < malignancy.length;) {
    let [benign, cancers] = [0, 0];
    const level = malignancy[i];
    for (; i < malignancy.length && malignancy[i] === level; i += 1) {
      if (malignant[i] === 1) cancers += 1;
      else benign += 1;
    }
    wins += cancers * (benignBelow + benign / 2);
    benignBelow += benign;
    malignantBelow += cancers;
  }
  return wins / (malignantBelow * benignBelow);
}

/** Expected calibration error of the malignancy in equal-mass bins. */
export function calibrationError(sample: Sample): number {
  const gaps = calibrationBins(sample).map((bin) => Math.abs(bin.predicted - bin.observed) * bin.pictures);
  return gaps.reduce((a, b) => a + b, 0) / sample.malignancy.length;
}

export interface CalibrationBin {
  readonly pictures: number;
  readonly malignant: number;
  /** Mean malignancy. */
  readonly predicted: number;
  /** Malignant fraction. */
  readonly observed: number;
}

/**
 * Images with adjacent malignancies, equally many per bin; a remainder goes to the lower bins, and empty bins are
 * omitted.
 */
export function calibrationBins({ malignancy, malignant }: Sample): CalibrationBin[] {
  const total = malignancy.length;
  const [least, rest] = [Math.floor(total / CALIBRATION_BINS), total % CALIBRATION_BINS];
  const bins: CalibrationBin[] = [];
  for (let start = 0; start < total;) {
    const pictures = least + (bins.length < rest ? 1 : 0);
    const end = start + pictures;
    const cancers = sum(malignant, start, end);
    const predicted = sum(malignancy, start, end) / pictures;
    bins.push({ pictures, malignant: cancers, predicted, observed: cancers / pictures });
    start = end;
  }
  return bins;
}

/** Fraction of the malignant images at or above the threshold. */
export const sensitivity =
  (threshold: number): Measure =>
  (sample) =>
    shareOf(sample, 1, (malignancy) => malignancy >= threshold);

/** Fraction of the benign images below the threshold. */
export const specificity =
  (threshold: number): Measure =>
  (sample) =>
    shareOf(sample, 0, (malignancy) => malignancy < threshold);

/**
 * Fraction of the malignant images above the malignancy that a fraction `wanted` of the benign ones do not exceed.
 *
 * @param wanted 0–1
 */
export const sensitivityAtSpecificity =
  (wanted: number): Measure =>
  (sample) => {
    const { malignancy, malignant } = sample;
    const benign = malignancy.filter((_, i) => malignant[i] === 0);
    if (benign.length === 0) return NaN;
    const threshold = benign[Math.ceil((benign.length - 1) * wanted)] ?? 1;
    return shareOf(sample, 1, (value) => value > threshold);
  };

function shareOf(
  { malignancy, malignant }: Sample,
  kind: 0 | 1,
  condition: (malignancy: number) => boolean,
): number {
  let [count, total] = [0, 0];
  for (let i = 0; i < malignancy.length; i += 1) {
    if (malignant[i] !== kind) continue;
    total += 1;
    if (condition(malignancy[i] ?? 0)) count += 1;
  }
  return count / total;
}

function share(total: number, condition: (i: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < total; i += 1) if (condition(i)) count += 1;
  return count / total;
}

function sum(values: ArrayLike<number>, start: number, end: number): number {
  let total = 0;
  for (let i = start; i < end; i += 1) total += values[i] ?? 0;
  return total;
}
