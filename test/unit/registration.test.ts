import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/lib/random.ts';
import { compare } from '../../src/vision/change.ts';
import {
  degreesOf,
  inverse,
  transformPoint,
  scaleOf,
  similarityOf,
  type Similarity,
} from '../../src/vision/similarity.ts';
import { DrawnLesion, shown } from '../support/drawn-lesion.ts';

const STILL = similarityOf(0, 1);
const random = randomOf(7);
const MOVES = Array.from({ length: 8 }, () =>
  similarityOf(360 * random() - 180, 0.8 + 0.4 * random(), 0.1 * random() - 0.05, 0.1 * random() - 0.05),
);

function expectClose(to: Similarity, move: Similarity, within: number): void {
  expect(Math.abs(((degreesOf(to) - degreesOf(move) + 540) % 360) - 180)).toBeLessThan(100 * within);
  expect(Math.abs(Math.log(scaleOf(to) / scaleOf(move)))).toBeLessThan(within);
  for (const point of [[0.3, 0.3] as const, [0.7, 0.6] as const]) {
    const [a, b] = [transformPoint(to, point), transformPoint(move, point)];
    expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeLessThan(within);
  }
}

describe('two captures of one lesion', () => {
  it.each(MOVES)('are registered at any position and brightness of the second: %j', (move) => {
    const lesion = new DrawnLesion();
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
  ])('show growth of the border by %d independently of distance', (growth, move) => {
    const found = compare(shown(new DrawnLesion(), STILL), shown(new DrawnLesion({ growth }), move));
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
    'are rejected rather than measured wrongly if the border moved too far: %d',
    (growth) => {
      const found = compare(
        shown(new DrawnLesion(), STILL),
        shown(new DrawnLesion({ growth }), similarityOf(40, 0.9)),
      );
      expect(found).toMatchObject({ refused: 'not-registered' });
      expect(found.change).toBeUndefined();
    },
  );

  it('show a change of shape at the same size', () => {
    const found = compare(
      shown(new DrawnLesion(), STILL),
      shown(new DrawnLesion({ length: 0.09 }), similarityOf(70, 0.9)),
    );
    expectClose(found.registration!.to, similarityOf(70, 0.9), 0.01);
    const { area, shape } = found.change!;
    expect(shape.low).toBeGreaterThan(0);
    expect(area.low).toBeLessThan(0);
    expect(area.high).toBeGreaterThan(0);
  });

  it('give the inverse change in reverse order', () => {
    const [one, other] = [
      shown(new DrawnLesion(), STILL),
      shown(new DrawnLesion({ growth: 1.15 }), MOVES[0]!),
    ];
    const [there, back] = [compare(one, other), compare(other, one)];
    expectClose(inverse(back.registration!.to), there.registration!.to, 0.01);
    const product = (1 + there.change!.area.percent / 100) * (1 + back.change!.area.percent / 100);
    expect(product).toBeCloseTo(1, 1);
  });

  it('are scaled by the optics if both are calibrated', () => {
    const lesion = new DrawnLesion();
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

  it('have a wider interval for a softer border, and none for a very soft one', () => {
    const widthAt = (sharpness: number): number | undefined => {
      const lesion = new DrawnLesion({ sharpness });
      const { change, refused } = compare(shown(lesion, STILL), shown(lesion, MOVES[0]!));
      expect(change === undefined).toBe(refused !== undefined);
      return change && change.area.high - change.area.low;
    };
    const [sharp, soft] = [widthAt(120)!, widthAt(50)!];
    expect(soft).toBeGreaterThan(1.5 * sharp);
    expect(widthAt(15)).toBeUndefined();
  });

  it('are rejected if the lesion is cut off or missing', () => {
    const lesion = new DrawnLesion();
    const still = shown(lesion, STILL);
    expect(compare(still, shown(lesion, similarityOf(0, 1, 0.35, 0)))).toMatchObject({ refused: 'cut' });
    const without = { ...still, mask: new Float32Array(still.mask.length) };
    expect(compare(still, without)).toEqual({ refused: 'no-lesion' });
    expect(compare(without, still)).toEqual({ refused: 'no-lesion' });
  });

  it('are rejected if only the border is visible', () => {
    const plain = new DrawnLesion({ marks: 0 });
    for (const move of MOVES.slice(0, 4)) {
      const found = compare(shown(plain, STILL), shown(plain, move));
      expect(found).toMatchObject({ refused: 'not-registered' });
      expect(found.change).toBeUndefined();
    }
  });
});

describe('captures of two lesions', () => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9])('are rejected although their outlines are the same: %i', (seed) => {
    const found = compare(shown(new DrawnLesion(), STILL), shown(new DrawnLesion({ seed }), STILL));
    expect(found).toMatchObject({ refused: 'not-registered' });
    expect(found.change).toBeUndefined();
  });
});
