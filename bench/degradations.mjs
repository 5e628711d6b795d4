// Degrades images by known amounts: pure functions, the same for the same arguments. Lengths are pixels of a centre square of 150, so that an amount
// is the same fraction of the field of view in small and large images. Images are { width, height, data } as in src/vision/image.ts.
import { reduceByArea } from '../dist/vision/geometry.js';

/** Kinds and their measured amounts. Each comment gives the unit; `suits` restricts a kind to some images. */
export const DEGRADATIONS = {
  /** Standard deviation, pixels of 150. */
  blur: { amounts: [1, 1.5, 2, 3], apply: (image, sigma) => blurred(image, sigma) },
  /** As blur, then noise of 1 % standard deviation on each channel. */
  'blur+noise': {
    amounts: [2, 3],
    apply: (image, sigma, random) => noisy(blurred(image, sigma), 0.01, random),
  },
  /** Length of a horizontal smear, pixels of 150. */
  motion: { amounts: [4, 8, 12], apply: (image, length) => smeared(image, length) },
  /** Stops of light, before the display curve. */
  exposure: { amounts: [-3, -2, 1, 2], apply: (image, stops) => exposed(image, stops) },
  /** Fraction of the square covered by white patches. */
  glare: { amounts: [0.01, 0.03, 0.08], apply: (image, share, random) => withGlare(image, share, random) },
  /** Dark strokes through the square, two pixels of 150 thick. */
  hair: {
    amounts: [8, 20, 45],
    apply: (image, count, random) => stroked(image, count, 1, [50, 35, 30], random),
  },
  /** Blue strokes, four pixels of 150 thick. */
  ink: { amounts: [2, 5], apply: (image, count, random) => stroked(image, count, 2, [70, 60, 150], random) },
  /** Fraction of the square's side that is cut off on the left and at the top. */
  cut: { amounts: [0.15, 0.3], apply: (image, share) => cropped(image, share) },
  /** Blur as above, in the middle only and sharp towards the rim: a lesion raised above the skin. */
  raised: { amounts: [1.5, 2, 3], apply: (image, sigma) => raised(image, sigma) },
  /** Fraction of the side by which the image is reduced; it is surrounded with skin like that of its rim. */
  small: {
    amounts: [0.3, 0.5, 0.65, 0.75],
    apply: (image, share, random) => shrunken(image, 1 - share, random),
    suits: ({ mask, quality }) => quality.darkShare < 0.01 && isFreeAtRim(mask),
  },
};

/** Width of that rim, as a fraction of the side. */
const RIM = 0.1;

/** Whether no lesion reaches into the rim. */
function isFreeAtRim(mask) {
  const rim = rimOf(Math.sqrt(mask.length));
  return rim.every((i) => mask[i] < 0.5);
}

/** Mulberry32: numbers 0–1, the same for the same seed. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function blurred(image, sigma) {
  const scaled = (sigma * image.width) / 150;
  const reach = Math.ceil(3 * scaled);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * scaled ** 2)),
  );
  return rounded(image, convolved(convolved(image.data, image, weights, 3), image, weights, image.width * 3));
}

function smeared(image, length) {
  const reach = Math.max(1, Math.round((length * image.width) / 150 / 2));
  return rounded(image, convolved(image.data, image, new Float64Array(2 * reach + 1).fill(1), 3));
}

/** Full blur within 0.3 of the side from the middle, none from 0.45 on. */
function raised(image, sigma) {
  const side = image.width;
  const soft = blurred(image, sigma).data;
  return rounded(
    image,
    Float64Array.from(image.data, (sharp, k) => {
      const i = Math.floor(k / 3);
      const off = Math.hypot((i % side) + 0.5 - side / 2, Math.floor(i / side) + 0.5 - side / 2) / side;
      const weight = Math.min(1, Math.max(0, (0.45 - off) / 0.15));
      return sharp + weight * (soft[k] - sharp);
    }),
  );
}

/** Along rows (`step` 3) or columns (`step` of a row); the edge is repeated. */
function convolved(source, { width, height }, weights, step) {
  const across = step === 3;
  const [lines, length, line] = across ? [height, width, width * 3] : [width, height, 3];
  const reach = (weights.length - 1) / 2;
  const total = weights.reduce((a, b) => a + b);
  const out = new Float64Array(source.length);
  const padded = new Float64Array(length + 2 * reach);
  for (let n = 0; n < lines; n += 1) {
    for (let c = 0; c < 3; c += 1) {
      const first = n * line + c;
      for (let k = 0; k < padded.length; k += 1)
        padded[k] = source[first + Math.min(length - 1, Math.max(0, k - reach)) * step];
      for (let i = 0; i < length; i += 1) {
        let sum = 0;
        for (let k = 0; k < weights.length; k += 1) sum += weights[k] * padded[i + k];
        out[first + i * step] = sum / total;
      }
    }
  }
  return out;
}

function exposed(image, stops) {
  const table = Uint8Array.from({ length: 256 }, (_, v) =>
    Math.min(255, Math.round(255 * ((v / 255) ** 2.2 * 2 ** stops) ** (1 / 2.2))),
  );
  return { ...image, data: image.data.map((value) => table[value]) };
}

function noisy(image, sd, random) {
  const gauss = () => (random() + random() + random() + random() + random() + random() - 3) * Math.SQRT2;
  return rounded(
    image,
    Float64Array.from(image.data, (value) => value + gauss() * sd * 255),
  );
}

/** Twelve round white patches at random in the middle two thirds; overlaps reduce the fraction slightly. */
function withGlare(image, share, random) {
  const side = image.width;
  const radius = Math.sqrt((share * side * side) / 12 / Math.PI);
  const patches = Array.from({ length: 12 }, () => [
    side * (1 / 6 + (random() * 2) / 3),
    side * (1 / 6 + (random() * 2) / 3),
  ]);
  return painted(image, [250, 250, 250], (x, y) =>
    patches.some(([px, py]) => Math.hypot(x - px, y - py) <= radius),
  );
}

/** Straight strokes from edge to edge through the middle third, `half` pixels of 150 to either side. */
function stroked(image, count, half, colour, random) {
  const side = image.width;
  const reach = (half * side) / 150;
  const lines = Array.from({ length: count }, () => {
    const angle = random() * Math.PI;
    const [px, py] = [side * (0.25 + 0.5 * random()), side * (0.25 + 0.5 * random())];
    return [Math.sin(angle), -Math.cos(angle), px * Math.sin(angle) - py * Math.cos(angle)];
  });
  return painted(image, colour, (x, y) => lines.some(([a, b, c]) => Math.abs(a * x + b * y - c) <= reach));
}

function painted(image, colour, covers) {
  const data = Uint8Array.from(image.data);
  for (let i = 0; i < image.width * image.height; i += 1) {
    if (covers((i % image.width) + 0.5, Math.floor(i / image.width) + 0.5)) data.set(colour, i * 3);
  }
  return { ...image, data };
}

function cropped({ width, height, data }, share) {
  const first = Math.round(width * share);
  const side = Math.min(width, height) - first;
  const out = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y += 1) {
    const from = ((y + first) * width + first) * 3;
    out.set(data.subarray(from, from + side * 3), y * side * 3);
  }
  return { width: side, height: side, data: out };
}

/** The reduced image in the middle; around it the colour of its nearest rim, with the deviations of random pixels of the rim. */
function shrunken(image, share, random) {
  const side = image.width;
  const inner = reduceByArea(image, Math.round(side * share));
  const smooth = blurred(inner, 6).data;
  const last = inner.width - 1;
  const first = Math.floor((side - inner.width) / 2);
  const rim = rimOf(inner.width);
  const values = new Float64Array(image.data.length);
  for (let i = 0; i < side * side; i += 1) {
    const [x, y] = [(i % side) - first, Math.floor(i / side) - first];
    const [nearX, nearY] = [x, y].map((place) => Math.min(last, Math.max(0, place)));
    const at = (nearY * inner.width + nearX) * 3;
    const inside = x === nearX && y === nearY;
    const other = rim[Math.floor(random() * rim.length)] * 3;
    for (let c = 0; c < 3; c += 1)
      values[i * 3 + c] = inside
        ? inner.data[at + c]
        : smooth[at + c] + inner.data[other + c] - smooth[other + c];
  }
  return rounded(image, values);
}

/** The pixels of a square that are nearer to its edge than `RIM`. */
function rimOf(side) {
  const depth = (i) =>
    Math.min(i % side, Math.floor(i / side), side - 1 - (i % side), side - 1 - Math.floor(i / side));
  return Array.from({ length: side * side }, (_, i) => i).filter((i) => depth(i) < RIM * side);
}

function rounded(image, values) {
  return {
    ...image,
    data: Uint8Array.from(values, (value) => Math.min(255, Math.max(0, Math.round(value)))),
  };
}
