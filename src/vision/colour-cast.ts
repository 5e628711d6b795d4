import type { Image } from './image.ts';

/** Mean colour and its spread over the middle of a square. Logarithms, so that exposure has no effect. */
export interface ColourCast {
  /** Towards magenta (positive) or green (negative). */
  readonly magenta: number;
  /** Towards red and away from blue (positive), or the reverse. */
  readonly warmth: number;
  /** Standard deviation of the ratio of red to green: none in a grey or sepia image. */
  readonly spread: number;
}

/**
 * Limits of a plausible image of skin, set as those of the gate (`bench/damaged-frames.mjs`): lights of 3,000–7,500 K seen by a camera balanced for another
 * stay within them. Blood is magenta as well as warm, so warmth raises the limit of magenta by `perWarmth`.
 */
export const CAST_LIMITS = {
  magenta: { low: -0.15, high: 0.65, perWarmth: 0.5 },
  warmth: { low: -0.05, high: 0.75 },
  spread: 0.021,
} as const;

/** The middle, within the round field of a dermatoscope: this fraction of the area is outside. */
const RADIUS2 = 0.2;
/** Levels of green outside which a pixel has no colour of its own, 0–255. */
const LOW = 24;
const HIGH = 246;

/** @returns `undefined` if hardly any pixel of the middle has a colour */
export function colourCastOf({ width, height, data }: Image): ColourCast | undefined {
  let [count, red, blue, red2] = [0, 0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (((x + 0.5) / width - 0.5) ** 2 + ((y + 0.5) / height - 0.5) ** 2 > RADIUS2) continue;
      const at = (y * width + x) * 3;
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
      const luma = 0.299 * r + 0.587 * g + 0.114 * b;
      if (luma < LOW || luma > HIGH) continue;
      const green = Math.log(g + 1);
      const ratio = Math.log(r + 1) - green;
      count += 1;
      red += ratio;
      red2 += ratio * ratio;
      blue += Math.log(b + 1) - green;
    }
  }
  if (count < 0.01 * width * height) return undefined;
  const mean = red / count;
  return {
    magenta: (mean + blue / count) / 2,
    warmth: (mean - blue / count) / 2,
    spread: Math.sqrt(Math.max(0, red2 / count - mean * mean)),
  };
}

/** Whether no lamp gives skin such a colour, or the image has none: a channel is lost, colours are swapped, or the camera sends shades of one colour. */
export function isImplausible({ magenta, warmth, spread }: ColourCast): boolean {
  return (
    spread < CAST_LIMITS.spread ||
    magenta < CAST_LIMITS.magenta.low ||
    magenta > CAST_LIMITS.magenta.high + CAST_LIMITS.magenta.perWarmth * warmth ||
    warmth < CAST_LIMITS.warmth.low ||
    warmth > CAST_LIMITS.warmth.high
  );
}
