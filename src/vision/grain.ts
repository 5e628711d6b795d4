/** Differences up to this size are ignored, 0–1: moderate noise of a camera is below it once the image has been downsampled. */
const DEAD_ZONE = 0.006;

/**
 * Differences between neighbours relative to those between every other pixel, 0–1: near 1 for noise, which has no extent, lower for anything that a lens
 * has drawn.
 *
 * @param where 1 for each pixel that counts; all by default
 */
export function grainOf(luma: Float64Array, side: number, where?: Uint8Array): number {
  let [near, far] = [0, 0];
  for (let y = 2; y < side; y += 1) {
    for (let x = 2; x < side; x += 1) {
      const at = y * side + x;
      if (where !== undefined && where[at] !== 1) continue;
      const value = luma[at] ?? 0;
      near += beyond(value - (luma[at - 1] ?? 0)) + beyond(value - (luma[at - side] ?? 0));
      far += beyond(value - (luma[at - 2] ?? 0)) + beyond(value - (luma[at - 2 * side] ?? 0));
    }
  }
  return far === 0 ? 0 : near / far;
}

function beyond(difference: number): number {
  return Math.max(0, Math.abs(difference) - DEAD_ZONE);
}
