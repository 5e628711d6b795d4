import type { QualityValues } from '../protocol/outcome.ts';
import { focusOf } from './focus.ts';
import { roundFieldOf } from './field.ts';
import { grainOf } from './grain.ts';
import { reduceByArea } from './geometry.ts';
import type { Image } from './image.ts';
import type { Plane } from './motion.ts';
import { halved, lumaOf } from './planes.ts';

/**
 * Quality is measured on the centre square downsampled to this side, pixels: the best the network can see, whatever the
 * camera's resolution.
 */
export const WORKING_SIDE = 150;

/** Values of one image; motion needs two frames, and damage is measured only of a frame that may be the best (`damage.ts`). */
export type Measured = Required<Omit<QualityValues, 'motion' | 'damage'>>;

/** Luma below or above which a pixel has no skin colour, 0–1. */
const DARK = 0.06;
export const BRIGHT = 0.97;
/** Pixels to each side that the focus of one depends on. */
const FOCUS_REACH = 5;

/**
 * Quality values of an image: brightness (mean luma, 0–1), contrast (standard deviation of luma, 0–0.5), the fractions
 * of nearly black and nearly white pixels (0–1), focus (0–1, see `focus.ts`), detail (0–1, focus at half the size) and
 * grain (0–1, see `grain.ts`). If the optics show a round field with a black or white border, those of the field.
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
  const field = roundFieldOf(luma, square.width);
  const seen = field === undefined ? luma : luma.filter((_, i) => field[i] === 1);
  const brightness = mean(seen);
  // Pixel noise counts as detail in an image that was hardly downsampled; at half the size it is averaged into the dead
  // zone, while what a lens has blurred stays blurred.
  const half = halved(luma, square.width);
  const quality = {
    width: image.width,
    height: image.height,
    brightness,
    contrast: deviation(seen, brightness),
    ...sharesOf(seen),
    focus: focusOf(luma, square.width, field && narrowed(field, square.width)),
    detail: focusOf(half.plane, half.side, field && narrowed(halvedField(field, square.width), half.side)),
    grain: grainOf(luma, square.width, field),
  };
  return { quality, square, half };
}

/** Without the pixels whose focus the border would touch. */
function narrowed(field: Uint8Array, side: number): Uint8Array {
  const radius2 = field.reduce((sum, value) => sum + value, 0) / Math.PI;
  const most = Math.max(0, Math.sqrt(radius2) - FOCUS_REACH) ** 2;
  return field.map((value, i) => {
    const off = ((i % side) + 0.5 - side / 2) ** 2 + (Math.floor(i / side) + 0.5 - side / 2) ** 2;
    return off <= most ? value : 0;
  });
}

function halvedField(field: Uint8Array, side: number): Uint8Array {
  const half = Math.floor(side / 2);
  return Uint8Array.from(
    { length: half * half },
    (_, i) => field[2 * Math.floor(i / half) * side + 2 * (i % half)] ?? 0,
  );
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
