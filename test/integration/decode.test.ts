import { readFile } from 'node:fs/promises';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/vision/image.ts';
import { cover, decode, encode, MAX_PIXELS, thumbnail } from '../../src/vision/jpeg.ts';
import { crc32, plainPng } from '../support/pictures.ts';

/** An image whose left half is red and right half blue, for sharp to write. */
function halves(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i += 1)
    data.set(i % width < width / 2 ? [220, 30, 30] : [30, 30, 220], i * 3);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function pixel({ width, data }: Image, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

function near(actual: readonly number[], expected: readonly number[], within: number): boolean {
  return (
    actual.length === expected.length && actual.every((value, i) => Math.abs(value - expected[i]!) <= within)
  );
}

/** The first part of an image file, from a JPEG large enough to have a long scan. */
async function truncated(format: 'jpeg' | 'png'): Promise<Buffer> {
  const whole = await halves(400, 300)[format]().toBuffer();
  return whole.subarray(0, Math.floor(whole.length * 0.6));
}

describe('decoding an image', () => {
  it('returns three bytes per pixel, rows from the top, exactly as stored in a PNG', async () => {
    const image = await decode(await halves(6, 2).png().toBuffer());
    expect(image).toMatchObject({ width: 6, height: 2 });
    expect(image.data).toHaveLength(6 * 2 * 3);
    expect([pixel(image, 0, 0), pixel(image, 5, 1)]).toEqual([
      [220, 30, 30],
      [30, 30, 220],
    ]);
  });

  it('turns a grey PNG into three equal channels', async () => {
    const image = await decode(plainPng(5, 3, 77));
    expect(image).toMatchObject({ width: 5, height: 3 });
    expect([...image.data]).toEqual(new Array(5 * 3 * 3).fill(77));
  });

  it('turns a grey JPEG into three equal channels', async () => {
    const grey = await sharp(plainPng(16, 16, 140))
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    const image = await decode(grey);
    expect(image.data).toHaveLength(16 * 16 * 3);
    expect(near(pixel(image, 8, 8), [140, 140, 140], 1)).toBe(true);
  });

  it.each([1, 3, 6, 8])('applies EXIF orientation %i', async (orientation) => {
    const jpeg = await halves(64, 32).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    const image = await decode(jpeg);
    const [width, height] = orientation < 5 ? [64, 32] : [32, 64];
    expect(image).toMatchObject({ width, height });
    const corners: Readonly<Record<number, [number, number]>> = {
      1: [8, 16],
      3: [56, 16],
      6: [16, 8],
      8: [16, 56],
    };
    const red = corners[orientation]!;
    const blue = [width - 1 - red[0], height - 1 - red[1]] as const;
    expect(near(pixel(image, ...red), [220, 30, 30], 12)).toBe(true);
    expect(near(pixel(image, ...blue), [30, 30, 220], 12)).toBe(true);
  });

  it('renders a transparent image on white', async () => {
    const clear = { r: 10, g: 20, b: 30, alpha: 0 };
    const png = await sharp({ create: { width: 4, height: 4, channels: 4, background: clear } })
      .png()
      .toBuffer();
    expect([...(await decode(png)).data]).toEqual(new Array(4 * 4 * 3).fill(255));
  });

  it('renders a grey image with alpha on white', async () => {
    const data = Buffer.from([100, 0, 100, 255]);
    const png = await sharp(data, { raw: { width: 2, height: 1, channels: 2 } })
      .png()
      .toBuffer();
    expect([...(await decode(png)).data]).toEqual([255, 255, 255, 100, 100, 100]);
  });

  it.each([
    ['colour', 'rgb16', 3],
    ['grey', 'grey16', 1],
  ] as const)('reduces 16-bit %s to 8 bits', async (_, space, channels) => {
    const data = new Uint16Array(4 * 4 * channels).fill(0x8000);
    const png = await sharp(data, { raw: { width: 4, height: 4, channels } })
      .toColourspace(space)
      .png()
      .toBuffer();
    expect((await sharp(png).metadata()).depth).toBe('ushort');
    const image = await decode(png);
    expect(image.data).toHaveLength(4 * 4 * 3);
    expect(near(pixel(image, 2, 2), [128, 128, 128], 1)).toBe(true);
  });
});

/** A JPEG of a noisy image, so that its scan is long. */
async function noisyJpeg(): Promise<Buffer> {
  const data = Uint8Array.from(
    { length: 96 * 96 * 3 },
    (_, i) => (Math.imul(i, 2_654_435_761) >>> 24) & 0xff,
  );
  return sharp(data, { raw: { width: 96, height: 96, channels: 3 } })
    .jpeg({ quality: 60 })
    .toBuffer();
}

/** Where the scan’s data start. */
function scanStart(jpeg: Buffer): number {
  const marker = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  return marker + 2 + jpeg.readUInt16BE(marker + 2);
}

function withScanParameters(jpeg: Buffer, parameters: readonly number[]): Buffer {
  const out = Buffer.from(jpeg);
  out.set(parameters, scanStart(out) - 3);
  return out;
}

const fixture = (name: string): Promise<Buffer> =>
  readFile(new URL(`../fixtures/cases/${name}`, import.meta.url));

describe('a JPEG that the decoder warns about', () => {
  it.each([
    ['scan parameters of zero', (jpeg: Buffer) => withScanParameters(jpeg, [0, 0, 0])],
    ['no end marker', (jpeg: Buffer) => jpeg.subarray(0, -2)],
    ['both', (jpeg: Buffer) => withScanParameters(jpeg, [0, 0, 0]).subarray(0, -2)],
    [
      'zeros before its end marker',
      (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(700), jpeg.subarray(-2)]),
    ],
  ])('is decoded in full if no data are missing: %s', async (_, change) => {
    const jpeg = await noisyJpeg();
    expect(await decode(change(jpeg))).toEqual(await decode(jpeg));
    expect((await thumbnail(change(jpeg), 40)).length).toBeGreaterThan(0);
  });

  it('is decoded in full if bytes precede its restart markers', async () => {
    const padded = await decode(await fixture('padded-restarts.jpg'));
    expect(padded).toEqual(await decode(await fixture('restarts.jpg')));
  });

  it.each([
    [
      'cut, with an end marker put',
      (jpeg: Buffer) => Buffer.concat([cut(jpeg, 0.6), Buffer.from([0xff, 0xd9])]),
    ],
    ['cut shortly before the end', (jpeg: Buffer) => cut(jpeg, 0.98)],
    ['bytes missing inside', (jpeg: Buffer) => Buffer.concat([jpeg.subarray(0, 1500), jpeg.subarray(1600)])],
    ['parameters of zero, and cut', (jpeg: Buffer) => cut(withScanParameters(jpeg, [0, 0, 0]), 0.6)],
  ])('is rejected if data are missing: %s', async (_, change) => {
    await expect(decode(change(await noisyJpeg()))).rejects.toMatchObject({ code: 'picture/broken' });
  });

  it('is rejected if an interval between restart markers is missing', async () => {
    const jpeg = await fixture('restarts.jpg');
    const second = jpeg.indexOf(Buffer.from([0xff, 0xd1]));
    const third = jpeg.indexOf(Buffer.from([0xff, 0xd2]));
    const without = Buffer.concat([jpeg.subarray(0, second), jpeg.subarray(third)]);
    await expect(decode(without)).rejects.toMatchObject({ code: 'picture/broken' });
  });
});

function cut(jpeg: Buffer, share: number): Buffer {
  return jpeg.subarray(0, Math.floor(jpeg.length * share));
}

describe('what a browser shows', () => {
  /** TIFF types and counts: SHORT is 3, LONG 4, BYTE 1. */
  it.each([
    ['LONG', 4, 1],
    ['BYTE', 1, 1],
    ['two SHORTs', 3, 2],
  ])('is decoded: an orientation of type %s is not applied', async (_, type, count) => {
    const plain = await halves(64, 32).jpeg().toBuffer();
    const image = await decode(withOrientation(plain, 6, type, count));
    expect(image).toMatchObject({ width: 64, height: 32 });
    expect(await sharp(await thumbnail(withOrientation(plain, 6, type, count), 64)).metadata()).toMatchObject(
      {
        width: 64,
        height: 32,
      },
    );
  });

  it.each(['II', 'MM'] as const)(
    'is decoded: an orientation of type SHORT is applied (%s)',
    async (order) => {
      const plain = await halves(64, 32).jpeg().toBuffer();
      expect(await decode(withOrientation(plain, 6, 3, 1, order))).toMatchObject({ width: 32, height: 64 });
    },
  );

  it.each([
    [100_000, 185],
    [45_455, 126],
    [30_000, 88],
  ])('is decoded: a PNG’s samples are corrected for its gamma of %i', async (gamma, expected) => {
    const png = withChunk(await sharp(solid(126)).png().toBuffer(), 'gAMA', gamma);
    expect(near(pixel(await decode(png), 1, 1), [expected, expected, expected], 1)).toBe(true);
  });
});

function solid(level: number): SharpOptions {
  return { create: { width: 4, height: 4, channels: 3, background: { r: level, g: level, b: level } } };
}

/** With an Exif segment that has one entry only. */
function withOrientation(
  jpeg: Buffer,
  value: number,
  type: number,
  count: number,
  order: 'II' | 'MM' = 'II',
): Buffer {
  const tiff = Buffer.alloc(26);
  const short = (at: number, word: number): number =>
    order === 'II' ? tiff.writeUInt16LE(word, at) : tiff.writeUInt16BE(word, at);
  const long = (at: number, word: number): number =>
    order === 'II' ? tiff.writeUInt32LE(word, at) : tiff.writeUInt32BE(word, at);
  tiff.write(order, 'latin1');
  short(2, 42);
  long(4, 8);
  short(8, 1);
  short(10, 0x0112);
  short(12, type);
  long(14, count);
  if (type === 4) long(18, value);
  else if (type === 1) tiff[18] = value;
  else short(18, value);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** With a chunk of one number after the header. */
function withChunk(png: Buffer, kind: string, value: number): Buffer {
  const body = Buffer.alloc(8);
  body.write(kind, 'latin1');
  body.writeUInt32BE(value, 4);
  const chunk = Buffer.alloc(16);
  chunk.writeUInt32BE(4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), 12);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

describe('a thumbnail', () => {
  it('fits into the given side, oriented, without metadata', async () => {
    const jpeg = await halves(640, 320).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
    const small = await thumbnail(jpeg, 100);
    const { format, width, height, exif } = await sharp(small).metadata();
    expect({ format, width, height, exif }).toEqual({
      format: 'jpeg',
      width: 50,
      height: 100,
      exif: undefined,
    });
    const image = await decode(small);
    expect(near(pixel(image, 25, 20), [220, 30, 30], 20)).toBe(true);
    expect(near(pixel(image, 25, 80), [30, 30, 220], 20)).toBe(true);
  });

  it('of a small image is not enlarged; a transparent one is white', async () => {
    const clear = { r: 10, g: 20, b: 30, alpha: 0 };
    const png = await sharp({ create: { width: 4, height: 4, channels: 4, background: clear } })
      .png()
      .toBuffer();
    const image = await decode(await thumbnail(png, 100));
    expect(image).toMatchObject({ width: 4, height: 4 });
    expect(near(pixel(image, 2, 2), [255, 255, 255], 3)).toBe(true);
  });
});

describe('an unusable file', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'picture/empty'],
    ['text', Buffer.from('This is a text file.\n'), 'picture/unsupported'],
    [
      'an SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'picture/unsupported',
    ],
    [
      'a GIF',
      Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
      'picture/unsupported',
    ],
    ['a JPEG’s first bytes alone', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'picture/broken'],
    ['a PNG’s first bytes before text', Buffer.from('89504e470d0a1a0a4142434445', 'hex'), 'picture/broken'],
    ['14,000 × 14,000 pixels', plainPng(14_000, 14_000), 'picture/too-many-pixels'],
    ['one row more than fits', plainPng(5_000, MAX_PIXELS / 5_000 + 1), 'picture/too-many-pixels'],
  ])('is rejected: %s', async (_, bytes, code) => {
    await expect(decode(bytes)).rejects.toMatchObject({ name: 'KioskError', code });
    await expect(thumbnail(bytes, 100)).rejects.toMatchObject({ name: 'KioskError', code });
  });

  it.each(['jpeg', 'png'] as const)('is rejected: a truncated %s', async (format) => {
    const file = await truncated(format);
    await expect(decode(file)).rejects.toMatchObject({ code: 'picture/broken' });
    await expect(thumbnail(file, 100)).rejects.toMatchObject({ code: 'picture/broken' });
  });

  it('is reported with what the file looks like instead', async () => {
    await expect(decode(Buffer.from('%PDF-1.7'))).rejects.toThrow(/looks like a PDF/);
  });
});

describe('an image of the camera programs', () => {
  it('is encoded to a JPEG that decodes to nearly the same image', async () => {
    const image = await decode(await halves(64, 32).png().toBuffer());
    const again = await decode(await encode(image, 95));
    expect(again).toMatchObject({ width: 64, height: 32 });
    expect(near(pixel(again, 8, 16), [220, 30, 30], 12)).toBe(true);
  });

  it('is scaled about its centre to cover a frame of another aspect ratio', async () => {
    const image = await decode(await halves(80, 20).png().toBuffer());
    const frame = await cover(image, 40, 40);
    expect(frame).toMatchObject({ width: 40, height: 40 });
    expect(frame.data).toHaveLength(40 * 40 * 3);
    expect(near(pixel(frame, 5, 20), [220, 30, 30], 2)).toBe(true);
    expect(near(pixel(frame, 35, 20), [30, 30, 220], 2)).toBe(true);
  });
});
