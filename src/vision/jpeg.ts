import sharp from 'sharp';
import { KioskError } from '../lib/errors.ts';
import type { Image } from './image.ts';
import { describeSignature, imageTypeOf } from '../lib/image-signature.ts';

/** Images with more pixels are rejected by their header: decoded, 25 MP are 75 MB. */
export const MAX_PIXELS = 25_000_000;

// One thread per image, no image cache, and of libvips' loaders only the two for the accepted formats.
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] });

/**
 * Decodes a PNG or JPEG: EXIF orientation applied, alpha flattened on white, sRGB, 8 bit.
 *
 * @throws KioskError `picture/empty`, `picture/unsupported`, `picture/too-many-pixels`, `picture/broken` (also when truncated)
 */
export async function decode(bytes: Uint8Array): Promise<Image> {
  if (bytes.length === 0) throw new KioskError('picture/empty', 'the file is empty');
  if (imageTypeOf(bytes) === undefined) {
    throw new KioskError(
      'picture/unsupported',
      `not a PNG or JPEG image: it looks like ${describeSignature(bytes)}`,
    );
  }
  await refuseTooManyPixels(bytes);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'warning' })
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: threeChannels(data, info.channels) };
  } catch (error) {
    throw new KioskError('picture/broken', 'the image is damaged or incomplete', { cause: error });
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

/**
 * A small square JPEG of an image's centre, for a list.
 *
 * @param side pixels
 * @throws KioskError as `decode`
 */
export async function thumbnail(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  await refuseTooManyPixels(bytes);
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'warning' })
      .autoOrient()
      .flatten({ background: 'white' })
      .resize(side, side, { fit: 'cover' })
      .jpeg({ quality: 80 })
      .toBuffer();
  } catch (error) {
    throw new KioskError('picture/broken', 'the image is damaged or incomplete', { cause: error });
  }
}
