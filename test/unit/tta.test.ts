import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outputs } from '../../src/classifier/model/outputs.ts';
import { averaged, ttaViews } from '../../src/classifier/model/tta.ts';
import { addTurnedBack, POSITIONS, turn } from '../../src/vision/dihedral.ts';

/** A 3 × 3 square of distinct values, with one channel. */
const SQUARE = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
const THREE = { side: 3, channels: 1 };

function turned(square: Float32Array, position: (typeof POSITIONS)[number], size = THREE): Float32Array {
  const out = new Float32Array(square.length);
  turn(square, out, size, position);
  return out;
}

describe('the eight orientations of a square', () => {
  it('are in the order of the model card', () => {
    const rows = POSITIONS.map((position) => [...turned(SQUARE, position)].join(''));
    expect(rows).toEqual([
      '123456789',
      '987654321',
      '321654987',
      '789456123',
      '147258369',
      '963852741',
      '369258147',
      '741852963',
    ]);
  });

  it('are all reversible, for any square', () => {
    const sides = fc.integer({ min: 1, max: 9 });
    const channels = fc.constantFrom(1, 3, 7);
    fc.assert(
      fc.property(sides, channels, fc.constantFrom(...POSITIONS), fc.nat(), (side, count, position, k) => {
        const size = { side, channels: count };
        const square = Float32Array.from({ length: side * side * count }, (_, i) => (i * 31 + k) % 1009);
        const back = new Float32Array(square.length);
        addTurnedBack(turned(square, position, size), back, size, position, 1);
        expect(back).toEqual(square);
      }),
    );
  });

  it('keep the channels of a point together', () => {
    const pixels = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const half = turned(pixels, POSITIONS[1]!, { side: 2, channels: 3 });
    expect([...half]).toEqual([10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3]);
  });
});

const SIZE = 32;
const MASK = 8;

/**
 * A network whose mask and map are the brightness of its input. Its outputs are in the coordinates of the view.
 */
function runNetwork(images: Uint8Array, n: number): Outputs {
  const each = SIZE * SIZE * 3;
  const mask = new Float32Array(n * MASK * MASK);
  for (let k = 0; k < n; k += 1) {
    for (let y = 0; y < MASK; y += 1) {
      for (let x = 0; x < MASK; x += 1) {
        mask[(k * MASK + y) * MASK + x] = images[k * each + (y * 4 * SIZE + x * 4) * 3]! / 255;
      }
    }
  }
  const sums = Array.from({ length: n }, (_, k) =>
    images.subarray(k * each, (k + 1) * each).reduce((a, b) => a + b, 0),
  );
  return {
    logits: Float32Array.from(sums.flatMap((sum, k) => [sum, k, 0, 0, 0, 0, 0])),
    map: Float32Array.from(
      [...mask].flatMap((value, i) => [value, 0, 0, 0, 0, 0, Math.floor(i / MASK ** 2)]),
    ),
    features: Float32Array.from(sums.flatMap((_, k) => [k, 2 * k])),
    mask,
  };
}

describe('the views of an image', () => {
  // In blocks of one mask value each, so that blocks stay aligned in every orientation.
  const image = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % SIZE, Math.floor(i / 3 / SIZE)];
    return (Math.floor(x / 4) * 29 + Math.floor(y / 4) * 7) % 256;
  });

  it('start with the original image', () => {
    expect(ttaViews(image, SIZE, 1)).toEqual(image);
    expect(ttaViews(image, SIZE, 4).subarray(0, image.length)).toEqual(image);
    expect(ttaViews(image, SIZE, 8)).toHaveLength(8 * image.length);
  });

  it.each([1, 2, 4, 8])(
    'average to mask and map in the original orientation, and means of the rest, with %i',
    (count) => {
      const { mask, logits, features, map } = averaged(
        runNetwork(ttaViews(image, SIZE, count), count),
        SIZE,
        count,
      );
      const alone = runNetwork(image, 1);
      const mean = (count - 1) / 2;
      expect(logits[0]).toBe(alone.logits[0]);
      expect(logits[1]).toBeCloseTo(mean, 5);
      expect([...features!]).toEqual([mean, 2 * mean]);
      for (const [i, value] of alone.mask!.entries()) {
        expect(mask![i]).toBeCloseTo(value, 5);
        expect(map![i * 7]).toBeCloseTo(value, 5);
        expect(map![i * 7 + 6]).toBeCloseTo(mean, 5);
      }
    },
  );

  it('omit outputs that the network does not have', () => {
    expect(Object.keys(averaged({ logits: new Float32Array(14) }, SIZE, 2))).toEqual(['logits']);
  });

  it('preserve NaN', () => {
    const logits = Float32Array.from([NaN, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    expect(averaged({ logits }, SIZE, 2).logits[0]).toBeNaN();
  });
});
