import type { Card } from './card.ts';

type OodCard = NonNullable<Card['likeness']>;

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * A Gaussian of the training pictures' features: `k` principal components with a variance each, and one variance for all the directions
 * that are left.
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
 * How far a picture's features lie from those of the training pictures: the squared Mahalanobis distance under that Gaussian, at least 0.
 * Along a component the difference counts against the component's variance, what is left of it against the residual one.
 *
 * @param features F values; NaN comes back for any that is not finite, and where their number is another
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
  // Rows that are orthonormal only to float32 may take out a little more than there is; `max` keeps NaN.
  return distance + Math.max(0, rest) / residualVariance;
}

/** Of `a` with as many values of `b` from `start` on. In a loop: it goes over the whole likeness, and calling back takes ten times as long. */
function dot(a: Float64Array, b: Float64Array | Float32Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? NaN) * (b[start + i] ?? NaN);
  return sum;
}
