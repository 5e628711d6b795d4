/**
 * Search range for the motion between two frames, pixels of the plane to each side: a tenth of the side of the gate's
 * plane.
 */
export const REACH = 8;

/**
 * A shift is accepted only if it leaves less than this fraction of the unshifted difference: noise alone between two
 * aligned frames stays above it. With noise of 1–4 % on a uniform tone no shift left less than 0.95 (40 generated
 * pairs).
 */
const BETTER = 0.8;

/** Frames whose luma differs by less than this, averaged over the pixels, are aligned: a quarter of an 8-bit step. */
const SAME = 0.001;

/** Of two equally good shifts the shorter is preferred, so they are tried from the shortest. */
const SHIFTS = Array.from({ length: (2 * REACH + 1) ** 2 }, (_, i) => ({
  dx: (i % (2 * REACH + 1)) - REACH,
  dy: Math.floor(i / (2 * REACH + 1)) - REACH,
})).sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy));

/** One frame's luma: a square of `side` times `side` values, 0–1, row by row. */
export interface Plane {
  readonly plane: Float64Array;
  readonly side: number;
}

/**
 * Motion within a burst: the longest shift between consecutive frames, as a fraction of the field's side (0 to 0.15 for
 * planes of 75). Consecutive frames are compared, not the first with the last: motion blur occurs within one exposure,
 * while a hand that sways over the whole burst blurs nothing. 0 if no shift is detectable, as on plain skin.
 *
 * @param frames in order of capture
 * @returns `undefined` if no two consecutive frames can be compared: a single frame, or frames of different or too
 *   small sides
 */
export function motionOf(frames: readonly Plane[]): number | undefined {
  let longest: number | undefined;
  frames.slice(1).forEach((frame, i) => {
    const before = frames[i];
    if (before?.side !== frame.side || frame.side < 4 * REACH) return;
    const { dx, dy } = shiftBetween(before.plane, frame.plane, frame.side);
    longest = Math.max(longest ?? 0, Math.hypot(dx, dy) / frame.side);
  });
  return longest;
}

/**
 * The whole-pixel shift at which the centre of one plane matches another best, by the minimum sum of absolute
 * differences.
 *
 * @param side of both planes, pixels, at least four times `REACH`
 * @returns pixels to the right and down, each within `REACH`; both 0 if no shift is distinctly better than none, as
 *   strong noise can do to a shift of one pixel
 */
export function shiftBetween(
  from: Float64Array,
  to: Float64Array,
  side: number,
): { readonly dx: number; readonly dy: number } {
  // A change of brightness between the frames is not motion.
  const lit = meanOf(to) - meanOf(from);
  let best = { dx: 0, dy: 0 };
  let least = differenceAt(from, to, side, best, lit, Infinity);
  if (least < SAME * (side - 2 * REACH) ** 2) return best;
  const enough = BETTER * least;
  for (const shift of SHIFTS) {
    const difference = differenceAt(from, to, side, shift, lit, least);
    if (difference < least) [best, least] = [shift, difference];
  }
  return least < enough ? best : { dx: 0, dy: 0 };
}

/** Aborted once it reaches `limit`. */
function differenceAt(
  from: Float64Array,
  to: Float64Array,
  side: number,
  { dx, dy }: { readonly dx: number; readonly dy: number },
  lit: number,
  limit: number,
): number {
  const moved = dy * side + dx;
  let sum = 0;
  for (let y = REACH; y < side - REACH && sum < limit; y += 1) {
    for (let at = y * side + REACH; at < (y + 1) * side - REACH; at += 1) {
      sum += Math.abs((to[at + moved] ?? 0) - (from[at] ?? 0) - lit);
    }
  }
  return sum;
}

function meanOf(plane: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < plane.length; i += 1) sum += plane[i] ?? 0;
  return sum / plane.length;
}
