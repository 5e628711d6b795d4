import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centreSquare, prepare, reduceByArea } from '../../src/vision/geometry.ts';
import type { Image } from '../../src/vision/image.ts';

/** An image from a grey value per pixel; green and blue differ from red so that swapped channels show. */
function imageOf(width: number, height: number, grey: (x: number, y: number) => number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = grey(x, y);
      data.set([value, 255 - value, value >> 1], (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

const reds = (data: Uint8Array): number[] => [...data].filter((_, i) => i % 3 === 0);
const noise = (x: number, y: number): number => (x * 73 + y * 151 + x * y * 31) % 256;

describe('the centre square', () => {
  it.each([
    { width: 5, height: 2, first: 1 },
    { width: 4, height: 2, first: 1 },
    { width: 2, height: 5, first: 10 },
    { width: 2, height: 4, first: 10 },
    { width: 3, height: 3, first: 0 },
  ])('of $width × $height leaves an odd pixel at the right or bottom', ({ width, height, first }) => {
    const square = centreSquare(imageOf(width, height, (x, y) => x + 10 * y));
    const side = Math.min(width, height);
    expect(square).toMatchObject({ width: side, height: side });
    const expected = Array.from(
      { length: side * side },
      (_, i) => first + (i % side) + 10 * Math.floor(i / side),
    );
    expect(reds(square.data)).toEqual(expected);
  });
});

describe('the area average', () => {
  it('of 4 × 4 to 2 × 2 is the mean of each quarter in every channel, with halves rounded up', () => {
    const quarters = [
      [0, 0, 10, 20],
      [0, 2, 30, 40],
      [100, 100, 255, 255],
      [101, 101, 255, 254],
    ];
    const small = reduceByArea(
      imageOf(4, 4, (x, y) => quarters[y]![x]!),
      2,
    );
    expect([...small.data]).toEqual(
      [
        [1, 255, 0],
        [25, 230, 13],
        [101, 155, 50],
        [255, 0, 127],
      ].flat(),
    );
  });

  it('of 3 × 3 to 2 × 2 splits the middle row and column between the halves', () => {
    const small = reduceByArea(
      imageOf(3, 3, (x) => [30, 60, 120][x]!),
      2,
    );
    expect(reds(small.data)).toEqual([40, 100, 40, 100]);
  });

  it('returns a square that is not larger unchanged', () => {
    const square = imageOf(6, 6, noise);
    expect(reduceByArea(square, 6)).toBe(square);
    expect(reduceByArea(square, 7)).toBe(square);
  });
});

describe('preparing an image for the network', () => {
  it('does not change a square that already has the size of the network', () => {
    const square = imageOf(16, 16, noise);
    expect(prepare(square, { areaSide: 20, size: 16 })).toEqual(square.data);
    expect(prepare(square, { areaSide: 16, size: 16 })).toEqual(square.data);
  });

  it('keeps a uniform colour uniform at any size', () => {
    const side = fc.integer({ min: 1, max: 40 });
    const grey = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(side, side, side, side, grey, (width, height, areaSide, size, value) => {
        const data = prepare(
          imageOf(width, height, () => value),
          { areaSide, size },
        );
        expect(data).toEqual(imageOf(size, size, () => value).data);
      }),
    );
  });

  it('keeps a ramp linear when it is enlarged by cubic convolution', () => {
    const data = prepare(
      imageOf(20, 20, (x) => 20 + 10 * x),
      { areaSide: 20, size: 40 },
    );
    const row = reds(data).slice(0, 40);
    for (let x = 4; x < 36; x += 1)
      expect(Math.abs(row[x]! - (20 + 10 * ((x + 0.5) / 2 - 0.5)))).toBeLessThanOrEqual(0.5);
    expect(reds(data).slice(39 * 40)).toEqual(row);
  });

  it('weights a single bright column with Keys’ kernel', () => {
    const data = prepare(
      imageOf(8, 8, (x) => (x === 4 ? 200 : 40)),
      { areaSide: 8, size: 16 },
    );
    // Output columns 7–10 lie 0.75 and 0.25 of a pixel beside column 4, columns 5, 6, 11 and 12 1.75 and 1.25.
    const at = (weight: number): number => Math.floor(40 + 160 * weight + 0.5);
    const weights = [
      -0.0234375, -0.0703125, 0.2265625, 0.8671875, 0.8671875, 0.2265625, -0.0703125, -0.0234375,
    ];
    expect(reds(data).slice(5, 13)).toEqual(weights.map(at));
  });

  it('treats rows and columns alike', () => {
    const sizes = { areaSide: 9, size: 13 };
    const upright = reds(prepare(imageOf(17, 17, noise), sizes));
    const turned = reds(
      prepare(
        imageOf(17, 17, (x, y) => noise(y, x)),
        sizes,
      ),
    );
    expect(turned).toEqual(upright.map((_, i) => upright[(i % 13) * 13 + Math.floor(i / 13)]));
  });
});
