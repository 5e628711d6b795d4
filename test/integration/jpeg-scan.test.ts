import { readFile } from 'node:fs/promises';
import sharp, { type JpegOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { completenessOf } from '../../src/vision/jpeg-scan.ts';
import { randomOf } from '../../src/lib/random.ts';

const SIDE = 120;

/** A JPEG of a noisy drawing, with the options of the encoder. */
async function jpegOf(options: JpegOptions = {}, channels: 1 | 3 = 3): Promise<Buffer> {
  const random = randomOf(3);
  const data = Uint8Array.from({ length: SIDE * (SIDE - 9) * channels }, () => 255 * random());
  return sharp(data, { raw: { width: SIDE, height: SIDE - 9, channels } })
    .jpeg({ quality: 80, ...options })
    .toBuffer();
}

const fixture = (name: string): Promise<Buffer> =>
  readFile(new URL(`../fixtures/cases/${name}`, import.meta.url));

describe('the data of a JPEG', () => {
  it.each([
    ['4:2:0', { chromaSubsampling: '4:2:0' }],
    ['4:4:4', { chromaSubsampling: '4:4:4' }],
    ['optimised tables', { optimizeCoding: true }],
    ['the highest quality', { quality: 100 }],
    ['the lowest quality', { quality: 1 }],
  ])('are complete in a file that is whole: %s', async (_, options) => {
    expect(completenessOf(await jpegOf(options))).toBe('complete');
  });

  it('are complete in a grey file, in one without an end marker, and with padding before restart markers', async () => {
    expect(
      completenessOf(
        await sharp(await jpegOf())
          .toColourspace('b-w')
          .jpeg()
          .toBuffer(),
      ),
    ).toBe('complete');
    expect(completenessOf((await jpegOf()).subarray(0, -2))).toBe('complete');
    expect(completenessOf(await fixture('restarts.jpg'))).toBe('complete');
    expect(completenessOf(await fixture('padded-restarts.jpg'))).toBe('complete');
  });

  it('are not followed if the coding is progressive', async () => {
    expect(completenessOf(await jpegOf({ progressive: true }))).toBe('unknown');
  });

  it('are damaged in a file that ends after its header', async () => {
    const jpeg = await jpegOf();
    expect(completenessOf(jpeg.subarray(0, jpeg.indexOf(Buffer.from([0xff, 0xda]))))).toBe('damaged');
  });

  /** A decoder says nothing about most of these files: the codes are valid, only too many or too few; a few times they are as many. */
  it.each([
    ['lost', (jpeg: Buffer, at: number) => [jpeg.subarray(0, at), jpeg.subarray(at + 64)]],
    ['repeated', (jpeg: Buffer, at: number) => [jpeg.subarray(0, at), jpeg.subarray(at - 64)]],
    ['zero', (jpeg: Buffer, at: number) => [jpeg.subarray(0, at), Buffer.alloc(64), jpeg.subarray(at + 64)]],
  ])('are damaged if bytes are %s, wherever', async (_, parts) => {
    const jpeg = await jpegOf();
    const places = Array.from({ length: 40 }, (__, i) => Math.floor(jpeg.length * (0.2 + i / 55)));
    const found = places.map((at) => completenessOf(Buffer.concat(parts(jpeg, at))));
    expect(found.filter((state) => state !== 'damaged').length).toBeLessThanOrEqual(6);
  });
});
