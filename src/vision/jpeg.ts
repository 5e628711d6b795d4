import sharp, { type Sharp } from 'sharp';
import { KioskError } from '../lib/errors.ts';
import type { Image } from './image.ts';
import { describeSignature, imageTypeOf } from '../lib/image-signature.ts';
import { displayExponentOf, hasOddOrientation } from './display-hints.ts';
import { completenessOf } from './jpeg-scan.ts';

/** Images with more pixels are rejected by their header: decoded, 25 MP are 75 MB. */
export const MAX_PIXELS = 25_000_000;
const THUMBNAIL_QUALITY = 75;

// One thread per image, no image cache, and of libvips' loaders only the two for the accepted formats.
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] });

/**
 * Decodes a PNG or JPEG to the image that a browser shows: EXIF orientation applied, alpha flattened on white, sRGB, 8 bit. A JPEG that the decoder warns
 * about is decoded if all its data are there.
 *
 * @throws KioskError `picture/empty`, `picture/unsupported`, `picture/too-many-pixels`, `picture/broken` (also when truncated)
 */
export async function decode(bytes: Uint8Array): Promise<Image> {
  requireImage(bytes);
  await refuseTooManyPixels(bytes);
  const { data, info } = await decoded(bytes, (input) =>
    input
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  const image = { width: info.width, height: info.height, data: threeChannels(data, info.channels) };
  const exponent = displayExponentOf(bytes);
  return imageTypeOf(bytes) !== 'image/png' || exponent === undefined ? image : corrected(image, exponent);
}

/** Runs the rest of a pipeline on the oriented image. @throws KioskError `picture/broken` */
async function decoded<T>(bytes: Uint8Array, rest: (input: Sharp) => Promise<T>): Promise<T> {
  const jpeg = imageTypeOf(bytes) === 'image/jpeg';
  const run = (failOn: 'warning' | 'none'): Promise<T> => {
    const input = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn });
    return rest(jpeg && hasOddOrientation(bytes) ? input : input.autoOrient());
  };
  try {
    return await run('warning');
  } catch (error) {
    try {
      // Wrong scan parameters, padding before restart markers and a missing end marker are common in cameras and lose nothing.
      if (jpeg && completenessOf(bytes) === 'complete') return await run('none');
    } catch {
      // The first error says more.
    }
    throw new KioskError('picture/broken', 'the image is damaged or incomplete', { cause: error });
  }
}

function corrected({ width, height, data }: Image, exponent: number): Image {
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.round(255 * (value / 255) ** exponent));
  return { width, height, data: data.map((value) => table[value] ?? 0) };
}

/**
 * Reduces a PNG or JPEG to a thumbnail: EXIF orientation applied, alpha flattened on white, sRGB. JPEGs are decoded at a
 * fraction of their size.
 *
 * @param side longest side, pixels; smaller images keep their size
 * @returns a JPEG without metadata
 * @throws KioskError as `decode`
 */
export async function thumbnail(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  requireImage(bytes);
  await refuseTooManyPixels(bytes);
  return decoded(bytes, (input) =>
    input
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .jpeg({ quality: THUMBNAIL_QUALITY })
      .toBuffer(),
  );
}

function requireImage(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new KioskError('picture/empty', 'the file is empty');
  if (imageTypeOf(bytes) === undefined) {
    throw new KioskError(
      'picture/unsupported',
      `not a PNG or JPEG image: it looks like ${describeSignature(bytes)}`,
    );
  }
}

async function refuseTooManyPixels(bytes: Uint8Array): Promise<void> {
  let size: { width: number; height: number };
  try {
    size = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new KioskError('picture/broken', 'the image’s header is damaged', { cause: error });
  }
  if (size.width * size.height > MAX_PIXELS) {
    throw new KioskError(
      'picture/too-many-pixels',
      `${size.width} × ${size.height} pixels, at most ${MAX_PIXELS} are accepted`,
    );
  }
}

/** Greyscale images are decoded to one channel. */
function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i += 1) rgb.fill(data[i * channels] ?? 0, i * 3, i * 3 + 3);
  return rgb;
}

/**
 * @param quality 1–100
 * @returns a baseline JPEG with 4:2:0 chroma and standard tables, as cameras send
 */
export async function encode(image: Image, quality: number): Promise<Uint8Array> {
  const raw = { width: image.width, height: image.height, channels: 3 as const };
  return sharp(image.data, { raw }).jpeg({ quality, optimiseCoding: false }).toBuffer();
}

/** Fills a frame with an image as a camera would: scaled to cover it, centred, cropped. */
export async function cover(image: Image, width: number, height: number): Promise<Image> {
  const raw = { width: image.width, height: image.height, channels: 3 as const };
  const data = await sharp(image.data, { raw })
    .resize(width, height, { fit: 'cover', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { width, height, data };
}
