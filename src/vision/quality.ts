import type { QualityValues } from '../protocol/outcome.ts';
import { focusOf } from './focus.ts';
import { reduceByArea } from './geometry.ts';
import type { Image } from './image.ts';
import type { Plane } from './motion.ts';
import { halved, lumaOf } from './planes.ts';

/**
 * Quality is measured on the centre square downsampled to this side, pixels: the best the network can see, whatever the
 * camera's resolution.
 */
export const WORKING_SIDE = 150;

/** Values of one image; a session of an older version has no `detail`, and motion needs two frames. */
export type Measured = Required<Omit<QualityValues, 'motion'>>;

/** Luma below or above which a pixel has no skin colour, 0–1. */
const DARK = 0.06;
export const BRIGHT = 0.97;

/**
 * Quality values of an image: brightness (mean luma, 0–1), contrast (standard deviation of luma, 0–0.5), the fractions
 * of nearly black and nearly white pixels (0–1), focus (0–1, see `focus.ts`) and detail (0–1, focus at half the size).
 */
export function measure(image: Image): Measured {
  return survey(image).quality;
}

export interface Survey {
  readonly quality: Measured;
  /** The centre square at the working size, on which a lesion is measured as well. */
  readonly square: Image;
  /** Luma at half the working size: all that is needed of a frame for detecting motion later. */
  readonly half: Plane;
}

/** The centre square at the working size; a smaller one as it is. */
export function workingSquareOf(image: Image): Image {
  return reduceByArea(image, WORKING_SIDE);
}

/** The values, with the planes they were measured on. */
export function survey(image: Image): Survey {
  const square = workingSquareOf(image);
  const luma = lumaOf(square);
  const brightness = mean(luma);
  // Pixel noise counts as detail in an image that was hardly downsampled; at half the size it is averaged into the dead
  // zone, while what a lens has blurred stays blurred.
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
