import type { Card } from './card.ts';

type OodCard = NonNullable<Card['likeness']>;

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * A Gaussian of the training images' features: `k` principal components with a variance each, and one variance for all
 * remaining directions.
 *
 * @see M. E. Tipping, C. M. Bishop, "Probabilistic principal component analysis", JRSS B 61 (1999)
 */
export interface OodModel {
  /** F values. */
  readonly mean: Float32Array;
  /** k variances, each positive. */
  readonly eigenvalues: Float32Array;
  /** Positive. */
  readonly residualVariance: number;
  /** k × F: orthonormal rows. */
  readonly components: Float32Array;
}

/**
 * Reads `likeness.bin`: float32, little endian, mean[F], eigenvalues[k], residualVariance[1], components[k × F].
 *
 * @returns the numbers, or what is wrong with them
 */
export function readOodModel(bytes: Uint8Array, { components: k, features }: OodCard): OodModel | string {
  const count = features + k + 1 + k * features;
  if (bytes.length !== count * BYTES) return `has ${bytes.length} bytes, expected ${count * BYTES}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(i * BYTES, true));
  if (!values.every(Number.isFinite)) return 'holds a number that is not finite';
  const variances = values.subarray(features, features + k + 1);
  if (!variances.every((variance) => variance > 0)) return 'holds a variance that is not positive';
  return {
    mean: values.subarray(0, features),
    eigenvalues: variances.subarray(0, k),
    residualVariance: variances[k] ?? NaN,
    components: values.subarray(features + k + 1),
  };
}

/**
 * Distance of an image's features from those of the training images: the squared Mahalanobis distance under that
 * Gaussian, at least 0. Along a component the difference is weighted with the component's variance, the remainder with
 * the residual one.
 *
 * @param features F values; returns NaN if any is not finite or the length differs
 */
export function mahalanobis2(likeness: OodModel, features: ArrayLike<number>): number {
  const { mean, eigenvalues, residualVariance, components } = likeness;
  if (features.length !== mean.length) return NaN;
  const difference = Float64Array.from(mean, (value, i) => (features[i] ?? NaN) - value);
  let rest = dot(difference, difference, 0);
  let distance = 0;
  for (const [i, eigenvalue] of eigenvalues.entries()) {
    const along = dot(difference, components, i * mean.length);
    distance += along ** 2 / eigenvalue;
    rest -= along ** 2;
  }
  // Rows that are orthonormal only to float32 may subtract slightly too much; `max` keeps NaN.
  return distance + Math.max(0, rest) / residualVariance;
}

/**
 * Dot product of `a` with as many values of `b` from `start` on. A loop, because a callback takes ten times as long for
 * the whole model.
 */
function dot(a: Float64Array, b: Float64Array | Float32Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? NaN) * (b[start + i] ?? NaN);
  return sum;
}
