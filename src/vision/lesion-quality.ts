import { focusOf } from './focus.ts';
import { hairIn } from './hair.ts';
import type { Image } from './image.ts';
import { halved, lumaOf } from './planes.ts';
import { WORKING_SIDE } from './quality.ts';

/** Obstructions of a lesion, as fractions of it, 0–1, and its sharpness. */
export interface LesionQuality {
  /** Fraction of the lesion's pixels covered by dark hair. */
  readonly hair: number;
  /** Fraction of the lesion's pixels that are nearly white and colourless: reflections. */
  readonly glare: number;
  /** Fraction of the pixels of the lesion and its surroundings in the colour of a pen. */
  readonly ink: number;
  /** Fraction of the lesion's border that is the edge of the image. */
  readonly cut: number;
  /**
   * Focus of the lesion with its border, 0–1 (see `focus.ts`), at the working size or half of it, whichever is worse.
   */
  readonly lesionFocus: number;
}

/** Mask values from here on count as lesion. */
const LESION = 0.5;
/** Minimum luma and maximum channel spread (0–1) of a reflection. */
const GLARE = { luma: 0.88, spread: 0.12 };
/** Minimum excess of blue (or green) over red for pen, 0–1; a blue veil in a lesion is weaker. */
const INK = 0.1;
/**
 * Width of the border zone around the lesion, as a fraction of the square's side: the mask's error, and a soft border.
 */
const BORDER = 8 / WORKING_SIDE;

/**
 * @param square the image's working square (`workingSquareOf`)
 * @param mask probability of lesion over it, row by row, 0–1; finite
 * @returns `undefined` if the mask contains no lesion
 */
export function measureLesion(square: Image, mask: Float32Array): LesionQuality | undefined {
  const side = Math.sqrt(mask.length);
  const cut = cutOf(mask, side);
  if (cut === undefined) return undefined;
  const luma = lumaOf(square);
  const hair = hairIn(luma, square.width);
  const lesionFocus = lesionFocusOf(luma, square.width, mask);
  const counts = { lesion: 0, hair: 0, glare: 0, ink: 0 };
  for (let i = 0; i < luma.length; i += 1) {
    if (isInk(square, i)) counts.ink += 1;
    if (!isLesion(mask, side, i % square.width, Math.floor(i / square.width), square.width)) continue;
    counts.lesion += 1;
    counts.hair += hair[i] ?? 0;
    if (isGlare(square, i, luma[i] ?? 0)) counts.glare += 1;
  }
  const lesion = Math.max(1, counts.lesion);
  const covered = { hair: counts.hair / lesion, glare: counts.glare / lesion, ink: counts.ink / luma.length };
  return { ...covered, cut, lesionFocus };
}

/** Whether a pixel has the colour of a pen. */
export function isInk({ data }: Image, at: number): boolean {
  const [r, g, b] = [data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0];
  return (Math.max(b, g) - r) / 255 > INK;
}

/** Whether a pixel is a reflection. @param luma of the pixel, 0–1 */
export function isGlare({ data }: Image, at: number, luma: number): boolean {
  const [r, g, b] = [data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0];
  return luma > GLARE.luma && (Math.max(r, g, b) - Math.min(r, g, b)) / 255 < GLARE.spread;
}

/**
 * Skin may be sharp around a lesion that is not, because the lesion protrudes from its plane; so each is measured
 * separately.
 */
function lesionFocusOf(luma: Float64Array, width: number, mask: Float32Array): number {
  const half = halved(luma, width);
  return Math.min(
    focusOf(luma, width, lesionWithBorder(mask, width)),
    focusOf(half.plane, half.side, lesionWithBorder(mask, half.side)),
  );
}

/** 1 if a square around the pixel, `BORDER` on each side, contains any lesion. */
export function lesionWithBorder(mask: Float32Array, width: number): Uint8Array {
  const side = Math.sqrt(mask.length);
  const reach = Math.round(BORDER * width);
  const lesion = new Uint8Array(width * width);
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1) if (isLesion(mask, side, x, y, width)) lesion[y * width + x] = 1;
  return grown(grown(lesion, width, 1, reach), width, width, reach);
}

/** Spreads each 1 in both directions, along rows (`step` 1) or columns (`step` of a row). */
function grown(map: Uint8Array, width: number, step: number, reach: number): Uint8Array {
  const out = new Uint8Array(map.length);
  for (let i = 0; i < map.length; i += 1) {
    if (map[i] !== 1) continue;
    const place = step === 1 ? i % width : Math.floor(i / width);
    const last = Math.min(width - 1, place + reach);
    for (let k = Math.max(0, place - reach); k <= last; k += 1) out[i + (k - place) * step] = 1;
  }
  return out;
}

export function isLesion(mask: Float32Array, side: number, x: number, y: number, of: number): boolean {
  const column = Math.floor(((x + 0.5) * side) / of);
  const row = Math.floor(((y + 0.5) * side) / of);
  return (mask[row * side + column] ?? 0) >= LESION;
}

/** Pixel edges of the lesion at the edge of the square, as a fraction of all its outer pixel edges. */
function cutOf(mask: Float32Array, side: number): number | undefined {
  let outside = 0;
  let border = 0;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if ((mask[y * side + x] ?? 0) < LESION) continue;
      for (let k = 0; k < 4; k += 1) {
        const nx = x + (k === 0 ? -1 : k === 1 ? 1 : 0);
        const ny = y + (k === 2 ? -1 : k === 3 ? 1 : 0);
        if (nx < 0 || ny < 0 || nx >= side || ny >= side) outside += 1;
        else if ((mask[ny * side + nx] ?? 0) < LESION) border += 1;
      }
    }
  }
  return outside + border === 0 ? undefined : outside / (outside + border);
}
