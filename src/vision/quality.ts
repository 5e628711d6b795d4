import type { QualityValues } from '../protocol/http.ts';
import { reduceByArea } from './geometry.ts';
import type { Image } from './image.ts';
import type { Plane } from './motion.ts';
import { halved, lumaOf } from './planes.ts';

/** Quality is measured on the centre square reduced to this side, pixels: what the network can see at best, whatever the camera's size. */
export const WORKING_SIDE = 150;

/** What one picture gives; a session of an older program has no `detail`, and motion takes two frames. */
export type Measured = Required<Omit<QualityValues, 'motion'>>;

/** Luma below or above which a pixel carries no colour of the skin, 0–1. */
const DARK = 0.06;
const BRIGHT = 0.97;

/**
 * Numbers about a picture: brightness (mean luma, 0–1), contrast (standard deviation of luma, 0–0.5), the shares of nearly black and nearly
 * white pixels (0–1), focus (0–1, see `focusOf`) and detail (0–1, focus at half the side).
 */
export function measure(image: Image): Measured {
  return survey(image).quality;
}

/** The numbers, and the luma at half the working side, which is all that is needed of a frame to tell later whether it moved. */
export function survey(image: Image): { readonly quality: Measured; readonly half: Plane } {
  const square = reduceByArea(image, WORKING_SIDE);
  const luma = lumaOf(square);
  const brightness = mean(luma);
  // Noise that differs from pixel to pixel reads as detail in a picture that was not reduced much; at half the side it is averaged down
  // into the dead zone, while what a lens has blurred stays blurred.
  const half = halved(luma, square.width);
  const quality = {
    width: image.width,
    height: image.height,
    brightness,
    contrast: deviation(luma, brightness),
    ...sharesOf(luma),
    focus: focusOf(luma, square.width),
    detail: focusOf(half.plane, half.side),
  };
  return { quality, half };
}

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
 * @see F. Crété-Roffet et al., "The blur effect: perception and estimation with a new no-reference perceptual blur metric", SPIE 6492
 *   (2007); one minus its measure, with the dead zone added.
 */
function focusOf(luma: Float64Array, side: number): number {
  return Math.min(focusAlong(luma, side, 1), focusAlong(luma, side, side));
}

/** @param step 1 for along the rows, `side` for along the columns */
function focusAlong(luma: Float64Array, side: number, step: number): number {
  let variation = 0;
  let lost = 0;
  for (let y = REACH + 1; y < side - REACH; y += 1) {
    for (let x = REACH + 1; x < side - REACH; x += 1) {
      const at = y * side + x;
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

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum / values.length;
}

function deviation(values: Float64Array, centre: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    const difference = (values[i] ?? 0) - centre;
    sum += difference * difference;
  }
  return Math.sqrt(sum / values.length);
}

function sharesOf(luma: Float64Array): Pick<QualityValues, 'darkShare' | 'brightShare'> {
  let dark = 0;
  let bright = 0;
  for (let i = 0; i < luma.length; i += 1) {
    const value = luma[i] ?? 0;
    if (value < DARK) dark += 1;
    if (value > BRIGHT) bright += 1;
  }
  return { darkShare: dark / luma.length, brightShare: bright / luma.length };
}
