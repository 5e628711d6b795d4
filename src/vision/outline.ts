import { areaOf, simplified, type Point, type Polygon } from './polygon.ts';

/** The border of a lesion, for drawing it over the image. */
export interface Outline {
  /** Corners of a closed polygon in coordinates of the square image: 0–1, x to the right, y down. */
  readonly points: readonly (readonly [number, number])[];
  /** Area of the lesion as a fraction of the square, 0–1. */
  readonly share: number;
}

/** A polygon with this many corners is drawn without visible corners; more would only cost bandwidth. */
const MOST_POINTS = 120;

/**
 * Corners that change the outline by less than this fraction of the square are dropped: a thousandth of the side,
 * squared.
 */
const NEGLIGIBLE = 1e-6;

/** The lesion in a mask: the largest connected component, holes filled, closed along the frame where it touches it. */
export interface LesionShape {
  /** Samples of the mask along one side. */
  readonly side: number;
  /** `side * side` values: 1 if a sample belongs to it, otherwise 0. */
  readonly region: Uint8Array;
  /** Its border, in coordinates of the square image, 0–1; empty if there is no lesion. */
  readonly contour: Polygon;
  /** Area within the contour as a fraction of the square, 0–1. */
  readonly share: number;
}

/**
 * @param mask `side * side` lesion probabilities, 0–1, rows from the top; sample (i, j) is at ((i + ½) / side, (j +
 *   ½) / side)
 * @param level threshold for lesion, 0 (excluded) to 1
 */
export function lesionShapeOf(mask: Float32Array, side: number, level = 0.5): LesionShape {
  const region = regionOf(mask, side, level);
  const contour = contourOf({ mask, side, level, region });
  return { side, region, contour, share: areaOf(contour) };
}

/** @returns `undefined` if there is no lesion, or one without area */
export function outlineOf({ contour, share }: LesionShape): Outline | undefined {
  return share === 0 ? undefined : { points: simplified(contour, MOST_POINTS, NEGLIGIBLE), share };
}

/** The samples of the largest component of a mask. */
interface Region {
  readonly mask: Float32Array;
  readonly side: number;
  readonly level: number;
  /** 1 if a sample belongs to the lesion; from `regionOf`. */
  readonly region: Uint8Array;
}

/**
 * `side * side` values: 1 for the largest component (4-connected) at or above the level and for its holes, otherwise 0.
 */
function regionOf(mask: Float32Array, side: number, level: number): Uint8Array {
  const largest = largestPart(mask, side, level);
  const outside = new Uint8Array(side * side);
  const enter = (at: number): boolean => {
    if (outside[at] === 1 || largest[at] === 1) return false;
    outside[at] = 1;
    return true;
  };
  for (let i = 0; i < side; i += 1) {
    for (const at of [i, (side - 1) * side + i, i * side, i * side + side - 1])
      spread(at, { side, steps: EIGHT, enter });
  }
  return outside.map((value) => 1 - value);
}

type Step = readonly [dx: number, dy: number];

const FOUR: readonly Step[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
/** The background is 8-connected, so that every diagonal belongs to exactly one of the two. */
const EIGHT: readonly Step[] = [...FOUR, [1, 1], [-1, 1], [-1, -1], [1, -1]];

function largestPart(mask: Float32Array, side: number, level: number): Uint8Array {
  const parts = new Int32Array(side * side);
  let count = 0;
  let largest = { part: 0, size: 0 };
  for (let at = 0; at < parts.length; at += 1) {
    const part = count + 1;
    const enter = (index: number): boolean => {
      if (parts[index] !== 0 || !((mask[index] ?? 0) >= level)) return false;
      parts[index] = part;
      return true;
    };
    const size = spread(at, { side, steps: FOUR, enter });
    if (size > 0) count = part;
    if (size > largest.size) largest = { part, size };
  }
  return Uint8Array.from(parts, (part) => (part !== 0 && part === largest.part ? 1 : 0));
}

interface Spreading {
  readonly side: number;
  readonly steps: readonly Step[];
  /** Marks a sample as visited and returns whether it may be entered: only once. */
  readonly enter: (at: number) => boolean;
}

/** Flood fill from a sample; returns the number of samples. */
function spread(start: number, { side, steps, enter }: Spreading): number {
  if (!enter(start)) return 0;
  const open = [start];
  let count = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    count += 1;
    const x = at % side;
    const y = Math.floor(at / side);
    for (const [dx, dy] of steps) {
      if (x + dx < 0 || y + dy < 0 || x + dx >= side || y + dy >= side) continue;
      const next = at + dy * side + dx;
      if (enter(next)) open.push(next);
    }
  }
  return count;
}

/**
 * The border of a region at which the mask, interpolated between neighbouring samples, crosses the level; clockwise, in
 * coordinates of the square (0–1). Outside the samples the mask continues its edge values up to the frame, and ends
 * there.
 *
 * @returns an empty list if the region is empty
 * @see W. E. Lorensen, H. E. Cline, "Marching cubes", SIGGRAPH 1987, in two dimensions; samples that touch only
 *   diagonally stay separate
 */
function contourOf(field: Region): Polygon {
  const first = field.region.indexOf(1);
  if (first < 0) return [];
  const { side } = field;
  let [x, y] = [first % side, Math.floor(first / side)];
  // There is none above the first sample of the first non-empty row; on the frame the border is one sample further out.
  if (y === 0) y = -1;
  let outward: Step = [0, -1];
  const start = { x, y };
  const points: Point[] = [];
  do {
    points.push(crossing(field, [x, y], outward));
    const [dx, dy] = outward;
    // The corner between this crossing and the next, clockwise.
    const onward: Step = [-dy, dx];
    if (!isInside(field, x + onward[0], y + onward[1])) outward = onward;
    else {
      x += onward[0];
      y += onward[1];
      if (isInside(field, x + dx, y + dy)) {
        x += dx;
        y += dy;
        outward = [dy, -dx];
      }
    }
  } while (x !== start.x || y !== start.y || outward[1] !== -1);
  return points;
}

/** Samples are at 0…side − 1; one more around them continues the edge. */
function isInside({ region, side }: Region, x: number, y: number): boolean {
  if (x < -1 || y < -1 || x > side || y > side) return false;
  return region[nearest(y, side) * side + nearest(x, side)] === 1;
}

/** Where the mask crosses the level between a sample of the region and the one `step` further, which is outside. */
function crossing(field: Region, [x, y]: Point, [dx, dy]: Step): Point {
  const own = valueAt(field, x, y);
  const share = (own - field.level) / (own - valueAt(field, x + dx, y + dy));
  const place = (at: number, step: number): number => {
    const from = position(at, field.side);
    return from + share * (position(at + step, field.side) - from);
  };
  return [place(x, dx), place(y, dy)];
}

/** Values that are not a number above 0 count as 0. */
function valueAt({ mask, side }: Region, x: number, y: number): number {
  if (x < -1 || y < -1 || x > side || y > side) return 0;
  const value = mask[nearest(y, side) * side + nearest(x, side)] ?? 0;
  return value > 0 ? value : 0;
}

function nearest(i: number, side: number): number {
  return Math.min(Math.max(i, 0), side - 1);
}

/** A sample's coordinate in the square; those around the samples are on the frame. */
function position(i: number, side: number): number {
  return Math.min(Math.max((i + 0.5) / side, 0), 1);
}
