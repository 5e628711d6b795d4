/** How much darker than both its sides a hair pixel is, in luma. */
const DEPTH = 0.08;
/** Distance at which the sides are sampled, pixels of the working square: more than half of the thickest hair. */
const REACH = 4;
/** Minimum length of a hair (larger side of its bounding box) and maximum mean thickness, pixels. */
const LENGTH = 25;
const THICKNESS = 5;

/**
 * Detects dark hair: thin dark valleys that are connected over a long distance. Pigment lines are shorter, and a
 * lesion's border is dark on one side only. Fair hair is not detected.
 *
 * @param luma of a square of 150 pixels (see quality.ts), 0–1
 * @returns 1 for each pixel of hair, 0 for others
 */
export function hairIn(luma: Float64Array, side: number): Uint8Array {
  const valleys = valleysOf(luma, side);
  const hair = new Uint8Array(luma.length);
  for (let start = 0; start < valleys.length; start += 1) {
    if (valleys[start] !== 1) continue;
    const part = takePart(valleys, side, start);
    if (isLong(part, side)) for (const at of part) hair[at] = 1;
  }
  return hair;
}

function valleysOf(luma: Float64Array, side: number): Uint8Array {
  const valleys = new Uint8Array(luma.length);
  const across = [REACH, REACH * side, 3 * (side + 1), 3 * (side - 1)];
  for (let y = REACH; y < side - REACH; y += 1) {
    for (let x = REACH; x < side - REACH; x += 1) {
      const at = y * side + x;
      const limit = (luma[at] ?? 0) + DEPTH;
      for (let k = 0; k < across.length; k += 1) {
        const step = across[k] ?? 0;
        if ((luma[at - step] ?? 0) > limit && (luma[at + step] ?? 0) > limit) valleys[at] = 1;
      }
    }
  }
  return valleys;
}

/** The pixels connected with `start`, including diagonally; they are removed from `valleys`. */
function takePart(valleys: Uint8Array, side: number, start: number): number[] {
  const part = [start];
  valleys[start] = 0;
  // The list grows during the iteration.
  for (const at of part) {
    for (const step of [-side - 1, -side, -side + 1, -1, 1, side - 1, side, side + 1]) {
      if (valleys[at + step] !== 1) continue;
      valleys[at + step] = 0;
      part.push(at + step);
    }
  }
  return part;
}

function isLong(part: readonly number[], side: number): boolean {
  let [left, right, top, bottom] = [side, 0, side, 0];
  for (const at of part) {
    const x = at % side;
    const y = Math.floor(at / side);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const extent = Math.max(right - left, bottom - top) + 1;
  // Crossing hairs are connected: their component is thicker than one hair, but fills little of its box.
  const filled = part.length / ((right - left + 1) * (bottom - top + 1));
  return extent >= LENGTH && (part.length / extent <= THICKNESS || filled < 0.25);
}
