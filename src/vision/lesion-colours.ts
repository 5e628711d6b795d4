import type { Image } from './image.ts';

/**
 * The six colours of the ABCD rule of dermatoscopy, in sRGB as they appear on skin of the colour `SKIN`. The rule names
 * them without values; these were set on HAM10000 (folds 0–3) as a compromise between the literature and what its
 * cameras show.
 *
 * @see W. Stolz et al., "ABCD rule of dermatoscopy: a new practical method for early recognition of malignant
 *   melanoma", European Journal of Dermatology 4 (1994)
 */
export const DERMOSCOPIC_COLOURS = {
  white: [250, 226, 224],
  red: [190, 50, 62],
  lightBrown: [184, 122, 94],
  darkBrown: [112, 66, 54],
  blueGrey: [124, 112, 130],
  black: [40, 28, 30],
} as const;

export type DermoscopicColour = keyof typeof DERMOSCOPIC_COLOURS;

/** Median colour of the skin around the lesions of HAM10000, folds 0–3. */
const SKIN = [225, 166, 166] as const;

/** Minimum fraction of the lesion for a colour to count: less is a hair, a bubble or the border. */
export const LEAST_SHARE = 0.05;

/** Maximum number of rows and columns of the image that are sampled. */
const WORKING_SIDE = 120;

/** Luma, 0–255, below which a pixel beside the lesion is the dark corner of a dermatoscope and not skin. */
const DARK = 16;

/** Minimum fraction of skin pixels to estimate the skin colour; below it the image is not corrected. */
const LEAST_SKIN = 0.01;

/**
 * The fractions of a lesion's area in each of the six colours, 0–1. A pixel is assigned the nearest colour in CIELAB
 * after the image was adapted, channel by channel in linear light, to the median skin colour around the lesion; skin
 * itself is not one of the six, so their sum may be less than 1.
 *
 * @param image a square
 * @param region `side * side` values: 1 lesion, 0 skin
 * @see J. von Kries, "Chromatic adaptation" (1902), for the gain; CIE 15:2004 for CIELAB (white D65) and its colour
 *   difference ΔE*ab
 */
export function colourSharesOf(
  image: Image,
  region: Uint8Array,
  side: number,
): Readonly<Record<DermoscopicColour, number>> {
  const toLab = labAfter(gainsOf(image, region, side));
  const counts = new Float64Array(REFERENCES.length);
  let lesion = 0;
  eachPixel(image, region, side, (at, isLesion) => {
    if (!isLesion) return;
    const index = nearestReference(toLab(image.data, at));
    counts[index] = (counts[index] ?? 0) + 1;
    lesion += 1;
  });
  const share = (i: number): number => (lesion === 0 ? 0 : (counts[i] ?? 0) / lesion);
  return Object.fromEntries(NAMES.map((name, i) => [name, share(i)])) as Record<DermoscopicColour, number>;
}

/** Calls for every pixel of a regular sample, with the offset of its first byte. */
function eachPixel(
  { width, height }: Image,
  region: Uint8Array,
  side: number,
  visit: (at: number, isLesion: boolean) => void,
): void {
  const stride = Math.ceil(Math.max(width, height) / WORKING_SIDE);
  const first = Math.floor(stride / 2);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * side) / width));
  for (let y = first; y < height; y += stride) {
    const row = Math.floor(((y + 0.5) * side) / height) * side;
    for (let x = first; x < width; x += stride)
      visit((y * width + x) * 3, region[row + (columns[x] ?? 0)] === 1);
  }
}

/** The gain of each channel, in linear light, that maps the surrounding skin to `SKIN`. */
function gainsOf(image: Image, region: Uint8Array, side: number): readonly number[] {
  const histograms = SKIN.map(() => new Int32Array(256));
  let [skin, all] = [0, 0];
  eachPixel(image, region, side, (at, isLesion) => {
    all += 1;
    const [red, green, blue] = [image.data[at] ?? 0, image.data[at + 1] ?? 0, image.data[at + 2] ?? 0];
    if (isLesion || 0.299 * red + 0.587 * green + 0.114 * blue < DARK) return;
    skin += 1;
    [red, green, blue].forEach((value, channel) => {
      const histogram = histograms[channel];
      if (histogram !== undefined) histogram[value] = (histogram[value] ?? 0) + 1;
    });
  });
  if (skin < LEAST_SKIN * all) return [1, 1, 1];
  return SKIN.map((wanted, channel) => {
    const found = Math.max(1, medianOf(histograms[channel] ?? new Int32Array(256), skin));
    return (LINEAR[wanted] ?? 0) / (LINEAR[found] ?? 1);
  });
}

function medianOf(histogram: Int32Array, count: number): number {
  let below = 0;
  return histogram.findIndex((here) => (below += here) * 2 >= count);
}

type Lab = readonly [lightness: number, a: number, b: number];

/** The standard's electro-optical transfer function for every byte, 0–1. @see IEC 61966-2-1 */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Converts bytes of an image to CIELAB, with a gain on each linear channel; values above white are not clipped. */
function labAfter(gains: readonly number[]): (data: ArrayLike<number>, at: number) => Lab {
  const [red, green, blue] = [0, 1, 2].map((channel) => LINEAR.map((value) => value * (gains[channel] ?? 1)));
  return (data, at) => {
    const r = red?.[data[at] ?? 0] ?? 0;
    const g = green?.[data[at + 1] ?? 0] ?? 0;
    const b = blue?.[data[at + 2] ?? 0] ?? 0;
    const x = lightnessCurve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    const y = lightnessCurve(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = lightnessCurve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
}

function lightnessCurve(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
}

const NAMES = Object.keys(DERMOSCOPIC_COLOURS) as DermoscopicColour[];

/** The six colours in the order of `NAMES`, with skin as the last. */
const REFERENCES: readonly Lab[] = [...NAMES.map((name) => DERMOSCOPIC_COLOURS[name]), SKIN].map((colour) =>
  labAfter([1, 1, 1])(colour, 0),
);

function nearestReference([lightness, a, b]: Lab): number {
  let [nearest, least] = [0, Infinity];
  for (let i = 0; i < REFERENCES.length; i += 1) {
    const reference = REFERENCES[i];
    if (reference === undefined) continue;
    const distance = (lightness - reference[0]) ** 2 + (a - reference[1]) ** 2 + (b - reference[2]) ** 2;
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}
