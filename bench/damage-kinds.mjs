// Damages good images as cameras, cables, decoders and programs do, and frames them as optics do: pure functions of an image and of a source of random
// numbers. Images are { width, height, data } as in src/vision/image.ts.
import sharp from 'sharp';

/** JPEG qualities at which a program encodes a damaged frame again. */
const ENCODED = [60, 95];

/**
 * Kinds of damage. `pixels` changes the decoded image, which is then encoded again; `bytes` the file of the camera, which a decoder conceals before it is
 * encoded again. Both take the random numbers last. A result of `undefined` means that the damage cannot be seen.
 */
export const DAMAGES = {
  /** A part of the rows was never received: the decoder's grey, green or black, or a flat colour. */
  flat: { pixels: (image, random) => filled(image, random) },
  /** The last row received is repeated down to the edge. */
  smeared: { pixels: (image, random) => smeared(image, between(random, 0.5, 0.85)) },
  /** A part of the rows shows other rows again. */
  repeated: { pixels: (image, random) => repeated(image, random) },
  /** The rows below a line are displaced sideways. */
  shifted: {
    pixels: (image, random) => shifted(image, between(random, 0.25, 0.75), between(random, 0.08, 0.5)),
  },
  /** The image rolls: its lower part comes first. */
  rolled: { pixels: (image, random) => rolled(image, between(random, 0.2, 0.8)) },
  /** Both half images one above the other, as when the two fields of a video are not interleaved. */
  'half frames': { pixels: (image) => stacked(image) },
  /** Every other row is displaced sideways: the fields of two moments. */
  combed: { pixels: (image, random) => combed(image, between(random, 0.015, 0.06)) },
  /** The rows below a line, or a band, have another colour. */
  'tinted band': { pixels: (image, random) => tintedBand(image, random) },
  /** The whole image has a colour that no lamp gives: one channel is lost, or colours are swapped. */
  'tinted frame': { pixels: (image, random) => tintedFrame(image, random) },
  colourless: { pixels: (image, random) => colourless(image, random) },
  /** Bytes lost, repeated, exchanged or flipped on the way. */
  concealed: { bytes: (bytes, random) => corrupted(bytes, random) },
  /** Enlarged from a few pixels without interpolation. */
  blocks: { pixels: (image, random) => nearest(image, Math.round(between(random, 20, 48))) },
  /** Compressed until only blocks are left. */
  'low JPEG': { pixels: (image, random) => recoded(image, Math.round(between(random, 2, 6))) },
  /** Out of focus, then compressed into blocks. */
  'blur, low JPEG': {
    pixels: async (image, random) =>
      recoded(await blurred(image, 0.0133), Math.round(between(random, 5, 10))),
  },
  /** Out of focus, then as noisy as a sensor in the dark. */
  'blur, noise': {
    pixels: async (image, random) => noisy(await blurred(image, 0.0133), between(random, 12, 24), random),
  },
};

/** What optics and light do to a good image. */
export const GOOD = {
  untouched: (image) => image,
  'round black border': (image, random) => bordered(image, between(random, 0.42, 0.62), 8),
  'round white border': (image, random) => bordered(image, between(random, 0.42, 0.62), 250),
};

/** Light of a colour temperature, in kelvin, seen by a camera that is balanced for 5,000 K, and of another intensity, in stops. */
export function lit(image, kelvin, stops) {
  const gains = whiteOf(kelvin).map((value, c) => (value / whiteOf(5000)[c]) * 2 ** stops);
  const tables = gains.map((gain) =>
    Uint8Array.from({ length: 256 }, (_, v) => clamp(255 * ((v / 255) ** 2.2 * gain) ** (1 / 2.2))),
  );
  return mapped(image, (value, c) => tables[c][value]);
}

/** Linear RGB of a black body, green 1; fitted by T. Helland's approximation of Charity's table. */
function whiteOf(kelvin) {
  const t = kelvin / 100;
  const red = t <= 66 ? 255 : 329.7 * (t - 60) ** -0.1332;
  const green = t <= 66 ? 99.47 * Math.log(t) - 161.12 : 288.12 * (t - 60) ** -0.0755;
  const blue = t >= 66 ? 255 : 138.52 * Math.log(t - 10) - 305.04;
  const linear = [red, green, blue].map((value) => (clamp(value) / 255) ** 2.2);
  return linear.map((value) => value / linear[1]);
}

/** As a camera of this side sends it: enlarged if necessary, with a sensor's noise. */
export async function framed(image, side, random) {
  const scale = side / Math.min(image.width, image.height);
  if (scale <= 1) return image;
  const { data, info } = await raw(image)
    .resize(Math.round(image.width * scale), Math.round(image.height * scale), {
      kernel: 'cubic',
      fit: 'fill',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return noisy({ width: info.width, height: info.height, data }, 1.5, random);
}

export async function jpegOf(image, quality) {
  return raw(image).jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer();
}

export async function imageOf(bytes, failOn = 'warning') {
  const { data, info } = await sharp(bytes, { failOn }).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Decoded as a program does that conceals damage, and encoded again: as JPEG, one in three as WebP before. */
export async function concealed(bytes, random) {
  let image = await imageOf(bytes, 'none');
  if (random() < 1 / 3) image = await imageOf(await raw(image).webp({ quality: 80 }).toBuffer());
  return recoded(image, Math.round(between(random, ...ENCODED)));
}

export async function encodedAgain(image, random) {
  return recoded(image, Math.round(between(random, ...ENCODED)));
}

/** Fraction of the centre square whose pixels differ visibly. */
export function differingShare(a, b) {
  const side = Math.min(a.width, a.height);
  const [left, top] = [Math.floor((a.width - side) / 2), Math.floor((a.height - side) / 2)];
  let count = 0;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const at = ((top + y) * a.width + left + x) * 3;
      const differs = (c) => Math.abs(a.data[at + c] - b.data[at + c]) > 12;
      if (differs(0) || differs(1) || differs(2)) count += 1;
    }
  }
  return count / side ** 2;
}

function raw({ width, height, data }) {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function recoded(image, quality) {
  return imageOf(await jpegOf(image, quality));
}

async function blurred(image, sigma) {
  const { data } = await raw(image)
    .blur(sigma * Math.min(image.width, image.height))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { ...image, data };
}

function between(random, low, high) {
  return low + (high - low) * random();
}

function clamp(value) {
  return Math.min(255, Math.max(0, Math.round(value)));
}

function mapped(image, change) {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i += 1) data[i] = change(image.data[i], i % 3, i);
  return { ...image, data };
}

/** Copies each pixel from another place. */
function moved(image, from) {
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [u, v] = from(x, y);
      const at = (v * width + u) * 3;
      const to = (y * width + x) * 3;
      for (let c = 0; c < 3; c += 1) out[to + c] = data[at + c];
    }
  }
  return { width, height, data: out };
}

/** The rows of the lower part, or of a band, as a test of y. */
function part({ height }, random, least) {
  const share = between(random, least, 0.65);
  const first = random() < 0.5 ? 1 - share : between(random, 0.12, 0.88 - share);
  return (y) => y >= first * height && y < (first + share) * height;
}

function filled(image, random) {
  const colours = [
    [128, 128, 128],
    [0, 135, 0],
    [8, 8, 8],
    [255, 0, 255],
    [255, 0, 0],
    [255, 128, 192],
    [230, 200, 190],
  ];
  const colour = colours[Math.floor(random() * colours.length)];
  const inPart = part(image, random, 0.2);
  const row = image.width * 3;
  return mapped(image, (value, c, i) => (inPart(Math.floor(i / row)) ? colour[c] : value));
}

function smeared(image, share) {
  const last = Math.round(image.height * share);
  return moved(image, (x, y) => [x, Math.min(y, last)]);
}

function repeated(image, random) {
  const { height } = image;
  const share = between(random, 0.2, 0.45);
  const first = Math.round(height * between(random, 0.3, 1 - share));
  const lag = Math.round(Math.min(first, between(random, 0.15, 0.5) * height));
  const end = Math.min(height, first + share * height);
  return moved(image, (x, y) => [x, y >= first && y < end ? y - lag : y]);
}

function shifted(image, from, by) {
  const { width, height } = image;
  const shift = Math.round(width * by);
  return moved(image, (x, y) => [y >= from * height ? (x + shift) % width : x, y]);
}

function rolled(image, by) {
  const { height } = image;
  const shift = Math.round(height * by);
  return moved(image, (x, y) => [x, (y + shift) % height]);
}

function stacked(image) {
  const half = Math.floor(image.height / 2);
  return moved(image, (x, y) => [x, y < half ? 2 * y : Math.min(image.height - 1, 2 * (y - half) + 1)]);
}

function combed(image, by) {
  const { width } = image;
  const shift = Math.max(2, Math.round(width * by));
  return moved(image, (x, y) => [y % 2 ? Math.min(width - 1, x + shift) : x, y]);
}

/** An offset of luma and chroma, as after a lost DC coefficient: at least 14 levels in chroma or 24 in luma. */
function tintedBand(image, random) {
  const inPart = part(image, random, 0.2);
  const sign = () => (random() < 0.5 ? -1 : 1);
  const chroma = random() < 0.75;
  const [cb, cr] = chroma ? [sign() * between(random, 14, 60), sign() * between(random, 14, 60)] : [0, 0];
  const luma = chroma ? between(random, -20, 20) : sign() * between(random, 24, 60);
  const offset = [luma + 1.402 * cr, luma - 0.344 * cb - 0.714 * cr, luma + 1.772 * cb];
  const row = image.width * 3;
  return mapped(image, (value, c, i) => (inPart(Math.floor(i / row)) ? clamp(value + offset[c]) : value));
}

function tintedFrame(image, random) {
  const kind = Math.floor(random() * 5);
  const weak = between(random, 0.3, 0.6);
  if (kind === 0) return mapped(image, (value, c) => (c === 1 ? clamp(value * weak) : value));
  if (kind === 1) return mapped(image, (value, c) => (c === 1 ? value : clamp(value * weak)));
  if (kind === 2) return channels(image, (r, g, b) => [b, g, r]);
  const fixed = kind === 3 ? { cb: -128 } : { cr: -128 };
  return channels(image, (r, g, b) => {
    const y = 0.299 * r + 0.587 * g + 0.114 * b;
    const { cb = 0.564 * (b - y), cr = 0.713 * (r - y) } = fixed;
    return [y + 1.402 * cr, y - 0.344 * cb - 0.714 * cr, y + 1.772 * cb].map(clamp);
  });
}

function colourless(image, random) {
  const kind = Math.floor(random() * 3);
  const luma = (r, g, b) => 0.299 * r + 0.587 * g + 0.114 * b;
  if (kind === 0) return channels(image, (...rgb) => [0, 0, 0].fill(clamp(luma(...rgb))));
  if (kind === 1)
    return channels(image, (...rgb) => [1.07, 0.9, 0.7].map((gain) => clamp(luma(...rgb) * gain)));
  return channels(image, (...rgb) => [0, 0, 0].fill(luma(...rgb) > 255 * random() ? 255 : 0));
}

function channels(image, change) {
  const data = Uint8Array.from(image.data);
  for (let i = 0; i < data.length; i += 3) data.set(change(data[i], data[i + 1], data[i + 2]), i);
  return { ...image, data };
}

function nearest(image, side) {
  const pixel = Math.min(image.width, image.height) / side;
  const at = (place, end) => Math.min(end - 1, Math.floor((Math.floor(place / pixel) + 0.5) * pixel));
  return moved(image, (x, y) => [at(x, image.width), at(y, image.height)]);
}

function noisy(image, sd, random) {
  // One pool of deviations, read from random places: six random numbers for each value would take most of the time.
  const pool = Float64Array.from({ length: 4093 }, () => {
    const sum = random() + random() + random() + random() + random() + random();
    return sd * (sum - 3) * Math.SQRT2;
  });
  let at = 0;
  return mapped(image, (value, c, i) => {
    if (i % 61 === 0) at = Math.floor(random() * pool.length);
    else at = at + 1 === pool.length ? 0 : at + 1;
    return clamp(value + pool[at]);
  });
}

/** Outside a circle of this radius, in fractions of the shorter side, the border of the optics, slightly blurred. */
function bordered(image, radius, level) {
  const { width, height } = image;
  const side = Math.min(width, height);
  const row = width * 3;
  return mapped(image, (value, c, i) => {
    const off = Math.hypot((Math.floor(i / 3) % width) - width / 2, Math.floor(i / row) - height / 2);
    const outside = Math.min(1, Math.max(0, (off / side - radius) / 0.01));
    return clamp(value + outside * (level - value));
  });
}

/** Bytes between the header and the end, at 15–70 % of them: what is damaged later is mostly outside the image's middle. */
function corrupted(bytes, random) {
  const start = headerEnd(bytes);
  const at = Math.round(start + (bytes.length - start) * between(random, 0.15, 0.7));
  const out = Buffer.from(bytes);
  const size = Math.round(between(random, 0.005, 0.05) * (bytes.length - start));
  const kind = Math.floor(random() * 5);
  if (kind === 0) return Buffer.concat([out.subarray(0, at), out.subarray(at + size)]);
  if (kind === 1) return Buffer.concat([out.subarray(0, at), out.subarray(at - size)]);
  if (kind === 2) return out.fill(0, at, at + size);
  if (kind === 3) {
    const [a, b] = [Buffer.from(out.subarray(at, at + size)), out.subarray(at + size, at + 2 * size)];
    b.copy(out, at);
    a.copy(out, at + b.length);
    return out;
  }
  out[at] ^= 1 << Math.floor(random() * 8);
  return out;
}

/** Where the first scan's data start. */
function headerEnd(bytes) {
  let at = 2;
  for (;;) {
    const marker = bytes[at + 1];
    at += 2 + bytes.readUInt16BE(at + 2);
    if (marker === 0xda) return at;
  }
}
