import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bordersOf, runsOf } from '../../kiosk-ui/src/format/course.ts';
import { lengthAxis, probabilityAxis } from '../../kiosk-ui/src/format/course-axis.ts';

describe('the axis of probabilities over time', () => {
  it('holds every value and every label, in order', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(probability, { minLength: 1, maxLength: 20 }), (values) => {
        const { place, ticks } = probabilityAxis(values);
        for (const value of [...values, ...ticks]) {
          expect(place(value)).toBeGreaterThanOrEqual(0);
          expect(place(value)).toBeLessThanOrEqual(1);
        }
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
        expect(ticks.length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('is scaled to its data: small probabilities are far apart', () => {
    const { place } = probabilityAxis([0.01, 0.02, 0.03]);
    expect(place(0.02) - place(0.01)).toBeGreaterThan(0.2);
  });
});

it('the axis of lengths starts near the least value and spans 2 mm at least', () => {
  expect(lengthAxis([5.2, 6.9]).ticks).toEqual([4, 6, 8]);
  expect(lengthAxis([0.2]).ticks).toEqual([0, 1, 2]);
});

describe('values of several models', () => {
  const place = (x: number, model: string): { x: number; model: string } => ({ x, model });
  const runs = runsOf([place(0, 'a'), place(2, 'a'), place(6, 'b'), place(8, 'a')], ({ model }) => model);

  it('are one run for each, in order, even if a model returns', () => {
    expect(runs.map((run) => run.map(({ x }) => x))).toEqual([[0, 2], [6], [8]]);
  });

  it('are separated midway between the last of one and the first of the next', () => {
    expect(bordersOf(runs)).toEqual([4, 7]);
  });
});
