import { solveSymmetric } from './cholesky.ts';
import type { Similarity } from './similarity.ts';
import type { Plane } from './texture.ts';

/** A plane to align, with a weight for each pixel, 0–1. */
export interface Weighted extends Plane {
  readonly weights: Float64Array;
}

/** How well two planes match where both have weight. */
export interface Fit {
  /** Correlation, −1 to 1. */
  readonly correlation: number;
  /** Fraction of the first plane's square that was compared, 0–1. */
  readonly share: number;
}

const NONE: Fit = { correlation: -1, share: 0 };

/** @param to maps the first plane to the second @param step sampling interval in pixels, along both sides */
export function fitOf(first: Weighted, second: Weighted, to: Similarity, step = 1): Fit {
  const { plane, weights, side } = first;
  const walk = walkOf(to, side, second.side);
  const seen = new Seen();
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < side; j += step) {
    for (let i = 0; i < side; i += step) {
      const at = j * side + i;
      const own = weights[at] ?? 0;
      if (own === 0) continue;
      if (!seen.look(second, walk.x0 + walk.xi * i + walk.xj * j, walk.y0 + walk.yi * i + walk.yj * j))
        continue;
      const weight = own * seen.weight;
      const value = plane[at] ?? 0;
      n += weight;
      x += weight * value;
      y += weight * seen.value;
      xx += weight * value * value;
      yy += weight * seen.value * seen.value;
      xy += weight * value * seen.value;
    }
  }
  const spread = Math.sqrt(Math.max(0, xx * n - x * x) * Math.max(0, yy * n - y * y));
  if (!(spread > 0)) return NONE;
  return { correlation: (xy * n - x * y) / spread, share: (n * step * step) / (side * side) };
}

export interface Refined {
  readonly to: Similarity;
  /** Standard error of the natural logarithm of the scale, if errors of neighbouring pixels were independent. */
  readonly scaleError: number;
}

/** Number of parameters: four of the similarity, gain and offset. */
const UNKNOWNS = 6;
/** Steps shorter than a hundredth of a pixel make no difference. */
const SETTLED = 0.01;

/**
 * Least squares in similarity, gain and offset (Gauss–Newton), from a start within a few pixels.
 *
 * @returns `undefined` if the planes have no structure, or the solution leaves the plausible range
 * @see B. D. Lucas, T. Kanade, "An iterative image registration technique", IJCAI 1981
 */
export function refine(
  first: Weighted,
  second: Weighted,
  start: Similarity,
  steps: number,
): Refined | undefined {
  let to = start;
  let scaleError = Infinity;
  for (let i = 0; i < steps; i += 1) {
    const { matrix, right, residual, count } = equations(first, second, to);
    const square = to.a * to.a + to.b * to.b;
    const alongScale = Float64Array.of(to.a / square, to.b / square, 0, 0, 0, 0);
    const [moved, spread] = solveSymmetric(matrix, UNKNOWNS, [right, alongScale]) ?? [];
    if (moved === undefined || spread === undefined || count <= UNKNOWNS) return undefined;
    const [da = 0, db = 0, dx = 0, dy = 0] = moved;
    const variance = alongScale.reduce((sum, value, k) => sum + value * (spread[k] ?? 0), 0);
    scaleError = Math.sqrt((variance * residual) / (count - UNKNOWNS));
    to = { a: to.a + da, b: to.b + db, tx: to.tx + dx, ty: to.ty + dy };
    if (!isOfCaptures(to)) return undefined;
    if ((Math.hypot(da, db) / 2 + Math.hypot(dx, dy)) * second.side < SETTLED) break;
  }
  return { to, scaleError };
}

/** The plausible range: nobody holds the lens three times as far away, or the lesion at the rim. */
function isOfCaptures({ a, b, tx, ty }: Similarity): boolean {
  const scale = Math.hypot(a, b);
  return scale > 1 / 3 && scale < 3 && Math.hypot(tx, ty) < 0.7;
}

/** Normal equations of one step, and the weighted sum of squares before it. */
function equations(first: Weighted, second: Weighted, to: Similarity) {
  const { plane, weights, side } = first;
  const walk = walkOf(to, side, second.side);
  const [matrix, right] = [new Float64Array(UNKNOWNS * UNKNOWNS), new Float64Array(UNKNOWNS)];
  const row = new Float64Array(UNKNOWNS);
  const seen = new Seen();
  let [residual, count] = [0, 0];
  for (let j = 0; j < side; j += 1) {
    for (let i = 0; i < side; i += 1) {
      const at = j * side + i;
      const own = weights[at] ?? 0;
      if (own === 0) continue;
      if (!seen.look(second, walk.x0 + walk.xi * i + walk.xj * j, walk.y0 + walk.yi * i + walk.yj * j))
        continue;
      const weight = own * seen.weight;
      const [u, v] = [(i + 0.5) / side - 0.5, (j + 0.5) / side - 0.5];
      const [gx, gy] = [seen.gx * second.side, seen.gy * second.side];
      row[0] = gx * u + gy * v;
      row[1] = gy * u - gx * v;
      row[2] = gx;
      row[3] = gy;
      // The gain is linearised around one: both planes have unit deviation.
      row[4] = seen.value;
      row[5] = 1;
      const difference = (plane[at] ?? 0) - seen.value;
      add(matrix, right, row, difference, weight);
      residual += weight * difference * difference;
      count += weight;
    }
  }
  return { matrix, right, residual, count };
}

function add(
  matrix: Float64Array,
  right: Float64Array,
  row: Float64Array,
  value: number,
  weight: number,
): void {
  for (let r = 0; r < UNKNOWNS; r += 1) {
    const own = weight * (row[r] ?? 0);
    right[r] = (right[r] ?? 0) + own * value;
    for (let c = r; c < UNKNOWNS; c += 1) {
      const at = r * UNKNOWNS + c;
      matrix[at] = (matrix[at] ?? 0) + own * (row[c] ?? 0);
    }
  }
}

/** Pixel (i, j) of the first plane is at (x0 + xi i + xj j, …) in the second, in its pixels. */
function walkOf({ a, b, tx, ty }: Similarity, side: number, other: number) {
  const [half, unit] = [0.5 / side - 0.5, other / side];
  return {
    x0: (a * half - b * half + tx + 0.5) * other - 0.5,
    y0: (b * half + a * half + ty + 0.5) * other - 0.5,
    xi: a * unit,
    xj: -b * unit,
    yi: b * unit,
    yj: a * unit,
  };
}

/**
 * Samples a plane between its pixels, bilinearly; reuses one object, because allocating one for each of a million
 * samples costs more than the sampling.
 */
class Seen {
  value = 0;
  /** Horizontal and vertical gradient, per pixel. */
  gx = 0;
  gy = 0;
  weight = 0;

  /** Whether there is any weight: never outside the pixel centres. */
  look({ plane, weights, side }: Weighted, x: number, y: number): boolean {
    if (!(x >= 0 && y >= 0 && x <= side - 1 && y <= side - 1)) return false;
    this.weight = weights[Math.round(y) * side + Math.round(x)] ?? 0;
    if (this.weight === 0) return false;
    const [left, top] = [Math.min(Math.floor(x), side - 2), Math.min(Math.floor(y), side - 2)];
    const [dx, dy] = [x - left, y - top];
    const at = top * side + left;
    const [p, q] = [plane[at] ?? 0, plane[at + 1] ?? 0];
    const [r, s] = [plane[at + side] ?? 0, plane[at + side + 1] ?? 0];
    this.gx = (1 - dy) * (q - p) + dy * (s - r);
    this.gy = (1 - dx) * (r - p) + dx * (s - q);
    this.value = p + dx * (q - p) + dy * (r - p) + dx * dy * (p - q - r + s);
    return true;
  }
}
