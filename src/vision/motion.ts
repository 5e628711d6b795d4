/** How far a frame is looked for in another, pixels of the plane to each side: a tenth of the side of the plane the gate gives. */
export const REACH = 8;

/**
 * A shift is believed only where it leaves less than this share of the difference there is without it: what noise alone makes of two
 * frames that lie on each other stays above it. Of noise of 1–4 % on one even tone no
 * shift left less than 0.95 (40 drawn pairs).
 */
const BETTER = 0.8;

/** Frames whose luma differs by less than this, on average over the pixels, lie on each other: a quarter of an 8-bit step. */
const SAME = 0.001;

/** Of two shifts that fit equally well the shorter is meant, so they are tried from the shortest. */
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
 * How far the frames of a burst moved against each other: the longest shift from one to the next, a share of the field's side (0 to
 * 0.15 for planes of 75). Neighbours are compared, not the first with the last: a smear is made within one exposure, while a hand that
 * sways over the whole burst blurs nothing. 0 where nothing shows a shift, as on plain skin.
 *
 * @param frames in the order they were taken
 * @returns `undefined` where no two neighbours can be compared: a single frame, frames of unlike or of too small sides
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
 * The whole-pixel shift at which the middle of one plane is found in another, by the least sum of absolute differences.
 *
 * @param side of both planes, pixels, at least four times `REACH`
 * @returns pixels to the right and down, each within `REACH`; both 0 where no shift fits distinctly better than none, which strong noise
 *   makes of a shift by one pixel
 */
export function shiftBetween(
  from: Float64Array,
  to: Float64Array,
  side: number,
): { readonly dx: number; readonly dy: number } {
  // A change of the light between the frames is no motion.
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

/** Given up once it reaches `limit`. */
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
