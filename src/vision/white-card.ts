import { reduceByArea } from './geometry.ts';
import type { Image } from './image.ts';

const SIDE = 100;

/**
 * The light of a dermatoscope falls off towards the rim: only the centre is assessed, as a fraction of the square's
 * side.
 */
const MIDDLE = 0.5;

/** Values from here on are clipped, 0–255. */
const CLIPPED = 250;

export interface WhiteCardReading {
  /** Mean of each channel, 0–255. */
  readonly colour: { readonly r: number; readonly g: number; readonly b: number };
  /** Ratio of the strongest to the weakest of red, green and blue, minus one: 0 is neutral grey. */
  readonly cast: number;
  /** Fraction of the centre in which a channel is clipped, 0–1. */
  readonly clipped: number;
  /** Mean of the three channels, 0–1. */
  readonly brightness: number;
  /**
   * Standard deviation of the brightness relative to its mean: near 0 on a plain surface, however the light falls off.
   */
  readonly unevenness: number;
}

/** Values of the centre of a white-card image. */
export function readWhiteCard(image: Image): WhiteCardReading {
  const { width, data } = reduceByArea(image, SIDE);
  const [from, to] = [Math.floor((width * (1 - MIDDLE)) / 2), Math.ceil((width * (1 + MIDDLE)) / 2)];
  const sums = [0, 0, 0];
  let squares = 0;
  let clipped = 0;
  for (let y = from; y < to; y += 1) {
    for (let x = from; x < to; x += 1) {
      const pixel = data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3);
      if (Math.max(...pixel) >= CLIPPED) clipped += 1;
      pixel.forEach((value, channel) => (sums[channel] = (sums[channel] ?? 0) + value));
      squares += (pixel.reduce((a, b) => a + b) / 3) ** 2;
    }
  }
  const pixels = (to - from) ** 2;
  const [r = 0, g = 0, b = 0] = sums.map((sum) => sum / pixels);
  const mean = (r + g + b) / 3;
  return {
    colour: { r, g, b },
    cast: Math.max(...sums) / Math.max(1, Math.min(...sums)) - 1,
    clipped: clipped / pixels,
    brightness: mean / 255,
    unevenness: Math.sqrt(Math.max(0, squares / pixels - mean ** 2)) / Math.max(1, mean),
  };
}
