import type { QualityValues } from '../protocol/http.ts';
import { focusOf } from './focus.ts';
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
 * white pixels (0–1), focus (0–1, see `focus.ts`) and detail (0–1, focus at half the side).
 */
export function measure(image: Image): Measured {
  return survey(image).quality;
}

export interface Survey {
  readonly quality: Measured;
  /** The centre square at the working side, which a lesion is measured on as well. */
  readonly square: Image;
  /** Luma at half the working side: all that is needed of a frame to tell later whether it moved. */
  readonly half: Plane;
}

/** The centre square at the working side; a smaller one as it is. */
export function workingSquareOf(image: Image): Image {
  return reduceByArea(image, WORKING_SIDE);
}

/** The numbers, with what they were measured on. */
export function survey(image: Image): Survey {
  const square = workingSquareOf(image);
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
  return { quality, square, half };
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
