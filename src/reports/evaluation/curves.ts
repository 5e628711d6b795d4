import { wilsonInterval } from '../../lib/wilson.ts';
import { calibrationBins, type CalibrationBin } from './measures.ts';
import type { Sample } from './sample.ts';

/** In the units of a chart's axes, or in pixels of its drawing. */
export type Point = readonly [x: number, y: number];

/** Corners of the ROC curve, (1 − specificity, sensitivity), from (0, 0) to (1, 1); ties give slanted segments. */
export function rocOf({ malignancy, malignant }: Sample): Point[] {
  const positives = malignant.reduce((a, b) => a + b, 0);
  const negatives = malignant.length - positives;
  const points: Point[] = [[0, 0]];
  let [found, alarms] = [0, 0];
  for (let i = malignancy.length - 1; i >= 0; i -= 1) {
    if (malignant[i] === 1) found += 1;
    else alarms += 1;
    if (malignancy[i] === malignancy[i - 1]) continue;
    addCorner(points, [alarms / negatives, found / positives]);
  }
  return points;
}

/** A point that continues a vertical or horizontal segment replaces the previous one. */
function addCorner(points: Point[], [x, y]: Point): void {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (last !== undefined && before !== undefined) {
    const straight = (last[0] === x && before[0] === x) || (last[1] === y && before[1] === y);
    if (straight) points.pop();
  }
  points.push([x, y]);
}

export interface ReliabilityBin extends CalibrationBin {
  /** 95 % interval of the observed fraction. */
  readonly low: number;
  readonly high: number;
}

export function reliabilityOf(sample: Sample): ReliabilityBin[] {
  return calibrationBins(sample).map((bin) => ({ ...bin, ...wilsonInterval(bin.malignant, bin.pictures) }));
}

/** Net benefit of a referral rule, in true positives per image, at a threshold probability. */
export interface NetBenefit {
  readonly threshold: number;
  /** Refer cases with at least this malignancy. */
  readonly model: number;
  /** Refer all; referring none has a net benefit of 0. */
  readonly all: number;
}

/**
 * Net benefit = TP / n − FP / n · t / (1 − t): a false positive is weighted by the odds of the threshold t relative to
 * a missed cancer.
 *
 * @param thresholds between 0 and 1, both excluded
 * @see A. J. Vickers, E. B. Elkin, "Decision curve analysis: a novel method for evaluating prediction models",
 *   Medical Decision Making 26 (2006)
 */
export function decisionCurveOf(
  { malignancy, malignant }: Sample,
  thresholds: readonly number[],
): NetBenefit[] {
  const total = malignancy.length;
  const positives = malignant.reduce((a, b) => a + b, 0);
  const worth = (found: number, alarms: number, t: number): number =>
    (found - (alarms * t) / (1 - t)) / total;
  return thresholds.map((threshold) => {
    let [found, alarms] = [0, 0];
    malignancy.forEach((value, i) => {
      if (value < threshold) return;
      if (malignant[i] === 1) found += 1;
      else alarms += 1;
    });
    return {
      threshold,
      model: worth(found, alarms, threshold),
      all: worth(positives, total - positives, threshold),
    };
  });
}
