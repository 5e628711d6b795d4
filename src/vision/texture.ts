/** A square plane of values, row by row. */
export interface Plane {
  readonly plane: Float64Array;
  readonly side: number;
}

/** Contrast of a plain surface: dividing by less would amplify noise to the level of the lesion (luma, 0–1). */
const PLAIN = 0.02;

/**
 * Locally normalised luma: each value minus the local mean, divided by the local deviation. What remains are landmarks,
 * independent of the lighting.
 *
 * @param reach of the neighbourhood to each side, pixels
 */
export function textureOf({ plane, side }: Plane, reach: number): Plane {
  const mean = boxed({ plane, side }, reach);
  const square = boxed({ plane: plane.map((value) => value * value), side }, reach);
  const out = new Float64Array(plane.length);
  for (let i = 0; i < out.length; i += 1) {
    const around = mean[i] ?? 0;
    const variance = Math.max(0, (square[i] ?? 0) - around * around);
    out[i] = ((plane[i] ?? 0) - around) / (Math.sqrt(variance) + PLAIN);
  }
  return { plane: out, side };
}

/** The mean over the square window around each value, cropped at the edges. */
export function boxed({ plane, side }: Plane, reach: number): Float64Array {
  const across = new Float64Array(plane.length);
  const out = new Float64Array(plane.length);
  for (let y = 0; y < side; y += 1) slide(plane, across, { start: y * side, step: 1, side, reach });
  for (let x = 0; x < side; x += 1) slide(across, out, { start: x, step: side, side, reach });
  return out;
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly side: number;
  readonly reach: number;
}

function slide(from: Float64Array, to: Float64Array, { start, step, side, reach }: Line): void {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < side + reach; i += 1) {
    if (i < side) {
      sum += from[start + i * step] ?? 0;
      count += 1;
    }
    if (i > 2 * reach) {
      sum -= from[start + (i - 2 * reach - 1) * step] ?? 0;
      count -= 1;
    }
    if (i >= reach) to[start + (i - reach) * step] = sum / count;
  }
}
