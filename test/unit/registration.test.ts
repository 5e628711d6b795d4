import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/lib/random.ts';
import { compare, type Shown } from '../../src/vision/change.ts';
import type { Image } from '../../src/vision/image.ts';
import {
  degreesOf,
  inverse,
  mapped,
  scaleOf,
  similarityOf,
  type Similarity,
} from '../../src/vision/similarity.ts';

const IMAGE_SIDE = 144;
const MASK_SIDE = 56;

interface Drawn {
  readonly seed?: number;
  /** How far the border reaches, of what it does else; the marks stay where they are. */
  readonly growth?: number;
  /** How much longer than wide the border is, as a share of the side; the marks stay where they are. */
  readonly length?: number;
  /** Contrast of the marks, levels of brightness. */
  readonly marks?: number;
  /** How sharp the mask's border is: 120 is a few per cent of the lesion's radius. */
  readonly sharpness?: number;
}

/** A drawn lesion: how dark its places are, and how far it reaches from its middle in each direction. */
class Lesion {
  readonly #waves: readonly (readonly [number, number, number])[];
  readonly #growth: number;
  readonly #length: number;
  readonly #marks: number;
  readonly #sharpness: number;

  constructor({ seed = 1, growth = 1, length = 0.03, marks = 5, sharpness = 120 }: Drawn = {}) {
    const random = randomOf(seed);
    this.#waves = Array.from({ length: 24 }, () => [
      140 * (random() - 0.5),
      140 * (random() - 0.5),
      6.3 * random(),
    ]);
    this.#growth = growth;
    this.#length = length;
    this.#marks = marks;
    this.#sharpness = sharpness;
  }

  luma(x: number, y: number): number {
    const marks = this.#waves.reduce((sum, [p, q, phase]) => sum + Math.sin(p * x + q * y + phase), 0);
    return 190 - 80 / (1 + Math.exp(-60 * this.#depth(x, y))) + this.#marks * marks;
  }

  probability(x: number, y: number): number {
    return 1 / (1 + Math.exp(-this.#sharpness * this.#depth(x, y)));
  }

  /** Above 0 inside. */
  #depth(x: number, y: number): number {
    const [u, v] = [x - 0.5, y - 0.5];
    const angle = Math.atan2(v, u);
    return (
      this.#growth * (0.2 + this.#length * Math.sin(2 * angle) + 0.02 * Math.cos(3 * angle)) -
      Math.hypot(u, v)
    );
  }
}

/** The lesion as a camera sees it that was turned, moved and held closer or further, with its own noise and light. */
function shown(lesion: Lesion, to: Similarity, light = (value: number): number => value): Shown {
  const back = inverse(to);
  const noise = randomOf(99);
  const placesOf = (side: number) =>
    Array.from({ length: side * side }, (_, i) =>
      mapped(back, [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side]),
    );
  const data = Uint8Array.from(
    placesOf(IMAGE_SIDE).flatMap((place) => {
      const value = Math.min(255, Math.max(0, light(lesion.luma(...place)) + 4 * (noise() - 0.5)));
      return [value, value, value];
    }),
  );
  const mask = Float32Array.from(placesOf(MASK_SIDE), (place) => lesion.probability(...place));
  const image: Image = { width: IMAGE_SIDE, height: IMAGE_SIDE, data };
  return { image, mask, side: MASK_SIDE };
}

const STILL = similarityOf(0, 1);
const random = randomOf(7);
const MOVES = Array.from({ length: 8 }, () =>
  similarityOf(360 * random() - 180, 0.8 + 0.4 * random(), 0.1 * random() - 0.05, 0.1 * random() - 0.05),
);

function expectClose(to: Similarity, move: Similarity, within: number): void {
  expect(Math.abs(((degreesOf(to) - degreesOf(move) + 540) % 360) - 180)).toBeLessThan(100 * within);
  expect(Math.abs(Math.log(scaleOf(to) / scaleOf(move)))).toBeLessThan(within);
  for (const place of [[0.3, 0.3] as const, [0.7, 0.6] as const]) {
    const [a, b] = [mapped(to, place), mapped(move, place)];
    expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(within);
  }
}

describe('two captures of one lesion', () => {
  it.each(MOVES)('are laid on each other, however the second was held and lit: %j', (move) => {
    const lesion = new Lesion();
    const found = compare(
      shown(lesion, STILL),
      shown(lesion, move, (value) => 0.85 * value + 20),
    );
    expect(found.refused).toBeUndefined();
    expectClose(found.registration!.to, move, 0.005);
    const { area, diameter, shape } = found.change!;
    for (const { low, percent, high } of [area, diameter]) {
      expect(low).toBeLessThan(0);
      expect(Math.abs(percent)).toBeLessThan(3);
      expect(high).toBeGreaterThan(0);
    }
    expect(shape.low).toBe(0);
  });

  it.each([
    [1.2, similarityOf(70, 0.9)],
    [1.1, similarityOf(-130, 1.1, 0.03, -0.02)],
    [1.4, similarityOf(40, 1.15)],
    [0.85, similarityOf(10, 1, -0.04, 0)],
  ])('tell growth of the border by %d from another distance', (growth, move) => {
    const found = compare(shown(new Lesion(), STILL), shown(new Lesion({ growth }), move));
    expectClose(found.registration!.to, move, 0.01);
    const { area, diameter, shape } = found.change!;
    const [ofArea, ofDiameter] = [100 * (growth ** 2 - 1), 100 * (growth - 1)];
    expect(area.low).toBeLessThan(ofArea);
    expect(area.high).toBeGreaterThan(ofArea);
    expect(Math.sign(area.low)).toBe(Math.sign(area.high));
    expect(diameter.low).toBeLessThan(ofDiameter);
    expect(diameter.high).toBeGreaterThan(ofDiameter);
    expect(shape.low).toBe(0);
  });

  it.each([0.5, 1.7])(
    'are refused, not told wrongly, where the border went too far to be followed: %d',
    (growth) => {
      const found = compare(shown(new Lesion(), STILL), shown(new Lesion({ growth }), similarityOf(40, 0.9)));
      expect(found).toMatchObject({ refused: 'not-registered' });
      expect(found.change).toBeUndefined();
    },
  );

  it('tell another shape of the same size', () => {
    const found = compare(
      shown(new Lesion(), STILL),
      shown(new Lesion({ length: 0.09 }), similarityOf(70, 0.9)),
    );
    expectClose(found.registration!.to, similarityOf(70, 0.9), 0.01);
    const { area, shape } = found.change!;
    expect(shape.low).toBeGreaterThan(0);
    expect(area.low).toBeLessThan(0);
    expect(area.high).toBeGreaterThan(0);
  });

  it('are measured the other way round by the inverse', () => {
    const [one, other] = [shown(new Lesion(), STILL), shown(new Lesion({ growth: 1.15 }), MOVES[0]!)];
    const [there, back] = [compare(one, other), compare(other, one)];
    expectClose(inverse(back.registration!.to), there.registration!.to, 0.01);
    const product = (1 + there.change!.area.percent / 100) * (1 + back.change!.area.percent / 100);
    expect(product).toBeCloseTo(1, 1);
  });

  it('are measured by the optics where both are calibrated', () => {
    const lesion = new Lesion();
    const [one, other] = [shown(lesion, STILL), shown(lesion, similarityOf(30, 0.9))];
    const found = compare({ ...one, mmPerPixel: 0.09 }, { ...other, mmPerPixel: 0.1 });
    expect(found.change!.scaleBy).toBe('calibration');
    expect(Math.abs(found.change!.area.percent)).toBeLessThan(3);
    const apart = compare({ ...one, mmPerPixel: 0.09 }, { ...other, mmPerPixel: 0.106 });
    expect(apart.change!.area.high).toBeGreaterThan(found.change!.area.high);
    const wrong = compare({ ...one, mmPerPixel: 0.09 }, { ...other, mmPerPixel: 0.12 });
    expect(wrong).toMatchObject({ refused: 'scales-disagree' });
    expect(wrong.change).toBeUndefined();
  });

  it('have a wider interval the softer the border, and none where it says nothing', () => {
    const widthAt = (sharpness: number): number | undefined => {
      const lesion = new Lesion({ sharpness });
      const { change, refused } = compare(shown(lesion, STILL), shown(lesion, MOVES[0]!));
      expect(change === undefined).toBe(refused !== undefined);
      return change && change.area.high - change.area.low;
    };
    const [sharp, soft] = [widthAt(120)!, widthAt(50)!];
    expect(soft).toBeGreaterThan(1.5 * sharp);
    expect(widthAt(15)).toBeUndefined();
  });

  it('are refused where the lesion reaches out of the frame, or there is none', () => {
    const lesion = new Lesion();
    const still = shown(lesion, STILL);
    expect(compare(still, shown(lesion, similarityOf(0, 1, 0.35, 0)))).toMatchObject({ refused: 'cut' });
    const without = { ...still, mask: new Float32Array(MASK_SIDE ** 2) };
    expect(compare(still, without)).toEqual({ refused: 'no-lesion' });
    expect(compare(without, still)).toEqual({ refused: 'no-lesion' });
  });

  it('are refused where nothing but the border is to be seen', () => {
    const plain = new Lesion({ marks: 0 });
    for (const move of MOVES.slice(0, 4)) {
      const found = compare(shown(plain, STILL), shown(plain, move));
      expect(found).toMatchObject({ refused: 'not-registered' });
      expect(found.change).toBeUndefined();
    }
  });
});

describe('captures of two lesions', () => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9])('are refused though their outlines are the same: %i', (seed) => {
    const found = compare(shown(new Lesion(), STILL), shown(new Lesion({ seed }), STILL));
    expect(found).toMatchObject({ refused: 'not-registered' });
    expect(found.change).toBeUndefined();
  });
});
