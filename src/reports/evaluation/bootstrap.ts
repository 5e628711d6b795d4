import { randomOf } from '../../lib/random.ts';
import type { Interval } from './interval.ts';
import type { Measure } from './measures.ts';
import { resampled, type Sample } from './sample.ts';

export const REPLICAS = 2000;
const SEED = 7;
const PERCENTILES = [2.5, 97.5] as const;

/**
 * Figures with the 2.5th and 97.5th percentile of their replicates: lesions are drawn with replacement, all images of a
 * lesion together. A replicate in which a figure is undefined (no malignant lesion was drawn) is ignored for it; a
 * figure undefined in the sample itself is `undefined`.
 *
 * @see B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13; by cluster: A. C. Davison, D.
 *   V. Hinkley, "Bootstrap Methods and their Application" (1997), section 3.8
 */
export function intervalsOf(
  sample: Sample,
  measures: readonly Measure[],
  replicas = REPLICAS,
): readonly (Interval | undefined)[] {
  const random = randomOf(SEED);
  const values = measures.map((): number[] => []);
  for (let replica = 0; replica < replicas; replica += 1) {
    const counts = new Uint32Array(sample.lesions);
    for (let i = 0; i < sample.lesions; i += 1) {
      const drawn = Math.floor(random() * sample.lesions);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    const drawn = resampled(sample, counts);
    measures.forEach((measure, i) => values[i]?.push(measure(drawn)));
  }
  return measures.map((measure, i) => {
    const value = measure(sample);
    if (!Number.isFinite(value)) return undefined;
    const sorted = Float64Array.from((values[i] ?? []).filter(Number.isFinite)).sort();
    const [low, high] = PERCENTILES.map((percent) => percentileOf(sorted, percent));
    return { value, low: low ?? value, high: high ?? value };
  });
}

/** Linear interpolation between two values. @param sorted at least one value, ascending */
export function percentileOf(sorted: ArrayLike<number>, percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}
