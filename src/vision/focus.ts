/** Reach of the re-blurring window on either side, pixels of the working size: nine taps, as in the paper. */
const REACH = 4;

/**
 * Differences between neighbours up to this size are ignored: after downsampling, moderate camera noise stays below it.
 * Without this dead zone the noise of a blurred image would count as fine detail.
 */
const NOISE = 0.012;

/**
 * The fraction of the variation between neighbours that further blurring removes, 0 (already blurred) to 1 (crisp), in
 * the worse of the two directions. A ratio within one image, so it does not require sharp edges that skin does not
 * have.
 *
 * @param where 1 for each pixel that counts; all by default
 * @see F. Crété-Roffet et al., "The blur effect: perception and estimation with a new no-reference perceptual blur
 *   metric", SPIE 6492 (2007); one minus its measure, with the dead zone added.
 */
export function focusOf(luma: Float64Array, side: number, where?: Uint8Array): number {
  return Math.min(focusAlong(luma, side, 1, where), focusAlong(luma, side, side, where));
}

/** @param step 1 along the rows, `side` along the columns */
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
 * The difference of the window means around a pixel and around its neighbour: the windows share all but their outermost
 * pixels, so no blurred image has to be computed.
 */
function blurredDifference(luma: Float64Array, at: number, step: number): number {
  const entering = luma[at + REACH * step] ?? 0;
  const leaving = luma[at - (REACH + 1) * step] ?? 0;
  return Math.abs(entering - leaving) / (2 * REACH + 1);
}
