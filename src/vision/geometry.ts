import type { Image } from './image.ts';

export interface Preprocessing {
  /** Side to which the centre square is area-averaged, pixels; smaller squares are left as they are. */
  readonly areaSide: number;
  /** Side of the network's input, pixels. */
  readonly size: number;
}

/** Keys' parameter of cubic convolution. */
const KEYS_A = -0.5;

/**
 * Preprocessing version 1, pixel-identical to `model/training/geometry.py` (kept in agreement by
 * `test/fixtures/geometry`): centre square → exact area average to `areaSide` → cubic convolution to `size`.
 *
 * @returns `size * size * 3` bytes, RGB
 * @see R. Keys, "Cubic convolution interpolation for digital image processing", IEEE TASSP 29 (1981)
 */
export function prepare(image: Image, { areaSide, size }: Preprocessing): Uint8Array {
  const square = reduceByArea(image, areaSide);
  return square.width === size ? square.data : resample(square, cubicTaps(square.width, size)).data;
}

/**
 * The largest centred square; an odd remainder leaves the extra row or column at the bottom or right. A square is
 * returned unchanged.
 */
export function centreSquare(image: Image): Image {
  const { width, height, data } = image;
  if (width === height) return image;
  const side = Math.min(width, height);
  const startOf = rowsOfSquare(image);
  const square = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y += 1) {
    const start = startOf(y);
    square.set(data.subarray(start, start + side * 3), y * side * 3);
  }
  return { width: side, height: side, data: square };
}

/** Where each row of the centre square starts in the image's data. */
function rowsOfSquare({ width, height }: Image): (y: number) => number {
  const side = Math.min(width, height);
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  return (y) => ((top + y) * width + left) * 3;
}

/** Downsamples the centre square by exact area average; one not larger than `to` is returned unchanged. */
export function reduceByArea(image: Image, to: number): Image {
  const side = Math.min(image.width, image.height);
  return side > to ? resample(image, areaTaps(side, to)) : centreSquare(image);
}

/** For each of `out` output pixels its `count` source pixels and their weights; row by row. */
interface Taps {
  readonly out: number;
  readonly count: number;
  readonly source: Int32Array;
  readonly weights: Float64Array;
}

/** Each source pixel is weighted by the fraction of it that the output pixel covers. */
function areaTaps(side: number, out: number): Taps {
  const ratio = side / out;
  return taps(side, out, Math.ceil(ratio) + 1, (i) => {
    const [low, high] = [i * ratio, (i + 1) * ratio];
    const first = Math.floor(low);
    return {
      first,
      weightOf: (at) => Math.max(0, Math.min(high, at + 1) - Math.max(low, at)) / ratio,
    };
  });
}

/** Half-pixel centres, no antialiasing; the edge pixel is repeated outwards. */
function cubicTaps(side: number, out: number): Taps {
  return taps(side, out, 4, (i) => {
    const centre = ((i + 0.5) * side) / out - 0.5;
    return { first: Math.floor(centre) - 1, weightOf: (at) => keys(Math.abs(centre - at)) };
  });
}

interface Line {
  readonly first: number;
  readonly weightOf: (at: number) => number;
}

function taps(side: number, out: number, count: number, lineOf: (i: number) => Line): Taps {
  const source = new Int32Array(out * count);
  const weights = new Float64Array(out * count);
  for (let i = 0; i < out; i += 1) {
    const { first, weightOf } = lineOf(i);
    for (let k = 0; k < count; k += 1) {
      source[i * count + k] = Math.min(Math.max(first + k, 0), side - 1);
      weights[i * count + k] = weightOf(first + k);
    }
  }
  return { out, count, source, weights };
}

function keys(x: number): number {
  if (x < 1) return ((KEYS_A + 2) * x - (KEYS_A + 3)) * x * x + 1;
  if (x < 2) return ((KEYS_A * x - 5 * KEYS_A) * x + 8 * KEYS_A) * x - 4 * KEYS_A;
  return 0;
}

/**
 * Resamples the centre square horizontally, then vertically, in double precision; rounded once at the end. Sums are
 * accumulated tap by tap in the order of the training code, so that not even the last bit of a double differs. Only as
 * many horizontally resampled rows as one output row needs are kept, in a ring buffer: all of them would be megabytes
 * to write and read again.
 */
function resample(image: Image, taps: Taps): Image {
  const { out, count, source, weights } = taps;
  const startOf = rowsOfSquare(image);
  const length = out * 3;
  const ring = Array.from({ length: count }, () => new Float64Array(length));
  const sums = new Float64Array(length);
  const data = new Uint8Array(out * length);
  let next = 0;
  for (let y = 0; y < out; y += 1) {
    const rows = source.subarray(y * count, (y + 1) * count);
    for (const last = rows.at(-1) ?? 0; next <= last; next += 1)
      weighAcross(image.data, startOf(next), taps, ring[next % count] ?? sums);
    sums.fill(0);
    rows.forEach((row, k) => {
      addWeighted(sums, ring[row % count] ?? sums, weights[y * count + k] ?? 0);
    });
    round(sums, data.subarray(y * length, (y + 1) * length));
  }
  return { width: out, height: out, data };
}

/** Resamples the row of pixels that starts at `from`. */
function weighAcross(
  data: Uint8Array,
  from: number,
  { out, count, source, weights }: Taps,
  to: Float64Array,
): void {
  for (let i = 0; i < out; i += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = i * count; tap < (i + 1) * count; tap += 1) {
      const weight = weights[tap] ?? 0;
      const pixel = from + (source[tap] ?? 0) * 3;
      red += weight * (data[pixel] ?? 0);
      green += weight * (data[pixel + 1] ?? 0);
      blue += weight * (data[pixel + 2] ?? 0);
    }
    to[i * 3] = red;
    to[i * 3 + 1] = green;
    to[i * 3 + 2] = blue;
  }
}

/** Whole rows at a time, because iterating down a column misses the processor's cache at every step. */
function addWeighted(sums: Float64Array, row: Float64Array, weight: number): void {
  for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] ?? 0) + weight * (row[i] ?? 0);
}

/** Rounds half up, within a byte. */
function round(sums: Float64Array, to: Uint8Array): void {
  for (let i = 0; i < sums.length; i += 1)
    to[i] = Math.min(255, Math.max(0, Math.floor((sums[i] ?? 0) + 0.5)));
}
