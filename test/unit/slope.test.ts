import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { theilSen } from '../../bench/slope.mjs';

/** Uniform over −1 to 1, the same in every run. */
function noise(length: number, seed: number): readonly number[] {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

describe('the slope that detects memory growth', () => {
  it('is exact for a line, with an interval of zero width', () => {
    const number = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(number, number, fc.integer({ min: 3, max: 40 }), (slope, at, length) => {
        const line = Array.from({ length }, (_, x) => [x, slope * x + at] as const);
        expect(theilSen(line)).toEqual({ slope: slope + 0, low: slope + 0, high: slope + 0 });
      }),
    );
  });

  it('is robust against a few outliers', () => {
    const steps = Array.from({ length: 40 }, (_, x) => [x, x % 13 === 5 ? 1000 : 2 * x] as const);
    expect(theilSen(steps).slope).toBeCloseTo(2, 6);
  });

  it('lies in its interval, which contains the true slope in 95 % of samples', () => {
    let covered = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round += 1) {
      const errors = noise(40, round + 1);
      const { slope, low, high } = theilSen(errors.map((error, x) => [x, x / 2 + 5 * error] as const));
      expect(low).toBeLessThanOrEqual(slope);
      expect(high).toBeGreaterThanOrEqual(slope);
      if (low <= 0.5 && high >= 0.5) covered += 1;
    }
    expect(covered / rounds).toBeGreaterThan(0.9);
    expect(covered / rounds).toBeLessThan(0.99);
  });
});
