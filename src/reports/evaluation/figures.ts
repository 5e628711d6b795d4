import { intervalsOf } from './bootstrap.ts';
import { wilsonInterval } from '../../lib/wilson.ts';
import type { Interval } from './interval.ts';
import {
  accuracy,
  balancedAccuracy,
  CALIBRATION_BINS,
  calibrationError,
  confusionOf,
  malignancyAuc,
  sensitivity,
  sensitivityAtSpecificity,
  specificity,
  type Measure,
} from './measures.ts';
import type { Sample } from './sample.ts';

/** A threshold of the model card. */
export interface OperatingPoint {
  readonly name: string;
  readonly threshold: number;
  /** The referral threshold of the kiosk. */
  readonly default: boolean;
}

export interface OperatingFigures extends OperatingPoint {
  /** Absent without a malignant image. */
  readonly sensitivity?: Interval;
  /** Absent without a benign image. */
  readonly specificity?: Interval;
  readonly counts: {
    readonly malignantAbove: number;
    readonly malignantBelow: number;
    readonly benignAbove: number;
    readonly benignBelow: number;
  };
}

export interface NamedInterval extends Interval {
  readonly name: string;
}

/** The figures of a model card on one set of images. */
export interface Figures {
  readonly pictures: number;
  readonly lesions: number;
  readonly malignant: number;
  /** By the names of the card; a figure that is undefined for these images is absent. */
  readonly measured: readonly NamedInterval[];
  readonly operatingPoints: readonly OperatingFigures[];
  /**
   * Rows are the true class, columns the most probable class, in the order of `CLASS_IDS`; absent if only benign or
   * malignant is known.
   */
  readonly confusion?: readonly (readonly number[])[];
}

const WANTED_SPECIFICITY = 0.8;

/** In the terms of the card. */
const MEASURES: Readonly<Record<string, Measure>> = {
  'balanced accuracy': balancedAccuracy,
  accuracy,
  'malignancy AUC': malignancyAuc,
  [`sensitivity at specificity ${WANTED_SPECIFICITY.toFixed(2)}`]:
    sensitivityAtSpecificity(WANTED_SPECIFICITY),
  [`calibration error of malignancy (${CALIBRATION_BINS} equal-mass bins)`]: calibrationError,
};

/** @param replicas of the bootstrap behind the intervals */
export function figuresOf(sample: Sample, points: readonly OperatingPoint[], replicas?: number): Figures {
  const names = Object.keys(MEASURES);
  const intervals = intervalsOf(
    sample,
    [
      ...Object.values(MEASURES),
      ...points.map(({ threshold }) => sensitivity(threshold)),
      ...points.map(({ threshold }) => specificity(threshold)),
    ],
    replicas,
  );
  return {
    pictures: sample.malignant.length,
    lesions: sample.lesions,
    malignant: sample.malignant.reduce((a, b) => a + b, 0),
    measured: names.flatMap((name, i) => {
      const interval = intervals[i];
      return interval === undefined ? [] : [{ name, ...interval }];
    }),
    operatingPoints: points.map(({ name, threshold, default: isDefault }, i) => {
      const found = widened(intervals[names.length + i], lesionsOf(sample, 1));
      const spared = widened(intervals[names.length + points.length + i], lesionsOf(sample, 0));
      return {
        name,
        threshold,
        default: isDefault,
        ...(found === undefined ? {} : { sensitivity: found }),
        ...(spared === undefined ? {} : { specificity: spared }),
        counts: countsAt(sample, threshold),
      };
    }),
    ...(sample.truth === undefined ? {} : { confusion: confusionOf(sample) }),
  };
}

/**
 * If no image is on the other side, none is in any replicate, and the bootstrap would claim certainty: then the
 * interval extends at least as far as Wilson's for the same number of lesions.
 */
function widened(interval: Interval | undefined, lesions: number): Interval | undefined {
  if (interval === undefined || (interval.value !== 0 && interval.value !== 1)) return interval;
  const { low, high } = wilsonInterval(interval.value * lesions, lesions);
  return { ...interval, low: Math.min(interval.low, low), high: Math.max(interval.high, high) };
}

/** Number of lesions with an image of the kind. */
function lesionsOf({ lesion, malignant }: Sample, kind: 0 | 1): number {
  return new Set(lesion.filter((_, i) => malignant[i] === kind)).size;
}

/** “2004 images of 1490 lesions”, or only the images if each is of a different lesion. */
export function extentOf({ pictures, lesions }: Figures): string {
  return lesions === pictures ? `${pictures} images` : `${pictures} images of ${lesions} lesions`;
}

function countsAt({ malignancy, malignant }: Sample, threshold: number): OperatingFigures['counts'] {
  const count = (kind: 0 | 1, above: boolean): number =>
    malignancy.reduce(
      (sum, value, i) => sum + (malignant[i] === kind && value >= threshold === above ? 1 : 0),
      0,
    );
  return {
    malignantAbove: count(1, true),
    malignantBelow: count(1, false),
    benignAbove: count(0, true),
    benignBelow: count(0, false),
  };
}
