import type { Image } from './image.ts';

export interface Preprocessing {
  /** Side the centre square is reduced to by area, pixels; smaller squares are left as they are. */
  readonly areaSide: number;
  /** Side of the network's input, pixels. */
  readonly size: number;
}

/** Keys' parameter of cubic convolution. */
const KEYS_A = -0.5;

/**
 * Preprocessing version 1, the same to the pixel as `model/training/geometry.py` (held together by `test/fixtures/geometry`): centre
 * square → exact area average to `areaSide` → cubic convolution to `size`.
 *
 * @returns `size * size * 3` bytes, RGB
 * @see R. Keys, "Cubic convolution interpolation for digital image processing", IEEE TASSP 29 (1981)
 */
export function prepare(image: Image, { areaSide, size }: Preprocessing): Uint8Array {
  let square = centreSquare(image);
  if (square.width > areaSide) square = resample(square, areaTaps(square.width, areaSide));
  if (square.width !== size) square = resample(square, cubicTaps(square.width, size));
  return square.data;
}

/** The largest centred square; odd rests leave the extra row or column at the bottom or right. */
export function centreSquare({ width, height, data }: Image): Image {
  const side = Math.min(width, height);
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  const square = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y += 1) {
    const start = ((top + y) * width + left) * 3;
    square.set(data.subarray(start, start + side * 3), y * side * 3);
  }
  return { width: side, height: side, data: square };
}

/** Reduces a square by exact area average; a square not larger than `side` comes back as it is. */
export function reduceByArea(square: Image, side: number): Image {
  return square.width > side ? resample(square, areaTaps(square.width, side)) : square;
}

/** For each of `out` output pixels the `count` source pixels it is made of, and their weights; row by row. */
interface Taps {
  readonly out: number;
  readonly count: number;
  readonly source: Int32Array;
  readonly weights: Float64Array;
}

/** Each source pixel counts by the share of it that the output pixel covers. */
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

/** Across, then down, in double precision; rounded once at the end. */
function resample(square: Image, taps: Taps): Image {
  const side = square.width;
  const { out } = taps;
  const across = new Float64Array(side * out * 3);
  for (let y = 0; y < side; y += 1)
    weigh({ values: square.data, at: y * side * 3, stride: 3 }, taps, {
      values: across,
      at: y * out * 3,
      stride: 3,
    });
  const down = new Float64Array(out * out * 3);
  for (let x = 0; x < out; x += 1)
    weigh({ values: across, at: x * 3, stride: out * 3 }, taps, { values: down, at: x * 3, stride: out * 3 });
  const data = Uint8Array.from(down, (value) => Math.min(255, Math.max(0, Math.floor(value + 0.5))));
  return { width: out, height: out, data };
}

/** A row or a column of pixels: where its first one starts, and how far apart neighbours are. */
interface Run<T> {
  readonly values: T;
  readonly at: number;
  readonly stride: number;
}

/** Sums are built tap by tap in the order of the training side, so that not even the last bit of a double differs. */
function weigh(
  from: Run<ArrayLike<number>>,
  { out, count, source, weights }: Taps,
  to: Run<Float64Array>,
): void {
  for (let i = 0; i < out; i += 1) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = i * count; tap < (i + 1) * count; tap += 1) {
      const weight = weights[tap] ?? 0;
      const pixel = from.at + (source[tap] ?? 0) * from.stride;
      red += weight * (from.values[pixel] ?? 0);
      green += weight * (from.values[pixel + 1] ?? 0);
      blue += weight * (from.values[pixel + 2] ?? 0);
    }
    const pixel = to.at + i * to.stride;
    to.values[pixel] = red;
    to.values[pixel + 1] = green;
    to.values[pixel + 2] = blue;
  }
}
