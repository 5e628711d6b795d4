/** Share of the pixels in the corners, and on a circle, that must have the border's tone. */
const CORNERS = 0.9;
const CIRCLE = 0.95;
/** Radius of the smallest field, as a fraction of the side, and the step at which it is sought. */
const LEAST = 0.2;
const STEP = 0.01;
/** Width of the border's soft edge that is left out, as a fraction of the side. */
const EDGE = 0.02;
const POINTS = 72;
/** Luma of a border, 0–1: not as strict as for pixels without a colour, because compression leaves a border uneven. */
const DARK = 0.1;
const BRIGHT = 0.93;

/**
 * The round field of a dermatoscope in a square whose corners are all black or all white: 1 for each pixel inside, with the soft edge left out.
 * `undefined` if there is no such border, or it leaves hardly anything.
 *
 * @param luma 0–1
 */
export function roundFieldOf(luma: Float64Array, side: number): Uint8Array | undefined {
  const isBorder = [(value: number) => value < DARK, (value: number) => value > BRIGHT].find((has) =>
    fillsCorners(luma, side, has),
  );
  if (isBorder === undefined) return undefined;
  let radius = 0.5 * Math.SQRT2;
  while (radius > LEAST && fillsCircle(luma, side, radius, isBorder)) radius -= STEP;
  if (radius <= LEAST) return undefined;
  const within = ((radius - EDGE) * side) ** 2;
  return Uint8Array.from(luma, (_, i) => (distance2(i % side, Math.floor(i / side), side) <= within ? 1 : 0));
}

function distance2(x: number, y: number, side: number): number {
  return (x + 0.5 - side / 2) ** 2 + (y + 0.5 - side / 2) ** 2;
}

/** Outside a circle through the corners' inner half: what no field reaches that fills the square otherwise. */
function fillsCorners(luma: Float64Array, side: number, isBorder: (value: number) => boolean): boolean {
  const beyond = (0.65 * side) ** 2;
  let [border, all] = [0, 0];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (distance2(x, y, side) < beyond) continue;
      all += 1;
      if (isBorder(luma[y * side + x] ?? 0)) border += 1;
    }
  }
  return border >= CORNERS * all;
}

/** Of the part of a circle that is inside the square. */
function fillsCircle(
  luma: Float64Array,
  side: number,
  radius: number,
  isBorder: (value: number) => boolean,
): boolean {
  let [border, all] = [0, 0];
  for (let k = 0; k < POINTS; k += 1) {
    const angle = (2 * Math.PI * (k + 0.5)) / POINTS;
    const x = Math.floor(side * (0.5 + radius * Math.cos(angle)));
    const y = Math.floor(side * (0.5 + radius * Math.sin(angle)));
    if (x < 0 || y < 0 || x >= side || y >= side) continue;
    all += 1;
    if (isBorder(luma[y * side + x] ?? 0)) border += 1;
  }
  return border >= CIRCLE * all;
}
