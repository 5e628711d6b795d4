import type { Image } from './image.ts';

/** Rec. 601 luma of each pixel, 0–1. */
export function lumaOf({ data }: Image): Float64Array {
  const luma = new Float64Array(data.length / 3);
  for (let i = 0; i < luma.length; i += 1) {
    luma[i] =
      (0.299 * (data[i * 3] ?? 0) + 0.587 * (data[i * 3 + 1] ?? 0) + 0.114 * (data[i * 3 + 2] ?? 0)) / 255;
  }
  return luma;
}

/** Halves a square by the mean of two by two values; an odd remainder is dropped. */
export function halved(plane: Float64Array, side: number): { plane: Float64Array; side: number } {
  const half = Math.floor(side / 2);
  const out = new Float64Array(half * half);
  for (let y = 0; y < half; y += 1) {
    for (let x = 0; x < half; x += 1) {
      const at = 2 * y * side + 2 * x;
      const sum =
        (plane[at] ?? 0) + (plane[at + 1] ?? 0) + (plane[at + side] ?? 0) + (plane[at + side + 1] ?? 0);
      out[y * half + x] = sum / 4;
    }
  }
  return { plane: out, side: half };
}
