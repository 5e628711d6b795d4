/** Reach of the re-blurring window to either side, pixels of the working side: nine taps, as in the paper. */
const REACH = 4;

/**
 * A difference between neighbours no larger than this says nothing about focus: after the reduction, light noise of a camera stays
 * below it. Without this dead zone the noise of a blurred picture reads as fine detail.
 */
const NOISE = 0.012;

/**
 * How much of the variation between neighbours a further blur takes away, 0 (already blurred) to 1 (crisp), in the worse of the two
 * directions. It is a ratio inside the one picture, so it does not ask skin for sharp edges it has not got.
 *
 * @param where 1 for each pixel that counts; all where it is left out
 * @see F. Crété-Roffet et al., "The blur effect: perception and estimation with a new no-reference perceptual blur metric", SPIE 6492
 *   (2007); one minus its measure, with the dead zone added.
 */
export function focusOf(luma: Float64Array, side: number, where?: Uint8Array): number {
  return Math.min(focusAlong(luma, side, 1, where), focusAlong(luma, side, side, where));
}

/** @param step 1 for along the rows, `side` for along the columns */
function focusAlong(luma: Float64Array, side: number, step: number, where: Uint8Array | undefined): number {
  let variation = 0;
  let lost = 0;
  for (let y = REACH + 1; y < side - REACH; y += 1) {
    for (let x = REACH + 1; x < side - REACH; x += 1) {
      const at = y * side + x;
      if (where !== undefined && where[at] !== 1) continue;
      const own = Math.abs((luma[at] ?? 0) - (luma[at - step] ?? 0)) - NOISE;
      if (own <= 0) continue;
      variation += own;
      lost += Math.max(0, own - blurredDifference(luma, at, step));
    }
  }
  return variation === 0 ? 0 : lost / variation;
}

/**
 * How far the means over the windows around a pixel and around its neighbour are apart: the windows share all but their outermost pixels,
 * so no picture need be blurred to know it.
 */
function blurredDifference(luma: Float64Array, at: number, step: number): number {
  const entering = luma[at + REACH * step] ?? 0;
  const leaving = luma[at - (REACH + 1) * step] ?? 0;
  return Math.abs(entering - leaving) / (2 * REACH + 1);
}
