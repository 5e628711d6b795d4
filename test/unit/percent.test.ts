import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePercent, percent } from '../../src/protocol/percent.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const threshold = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('a probability in per cent', () => {
  it.each([
    [0.623, '62 %'],
    [0.005, '1 %'],
    [0.0049, '<1 %'],
    [0, '<1 %'],
    [0.994, '99 %'],
    [0.9951, '>99 %'],
    [1, '>99 %'],
  ])('shows %f as %s', (value, shown) => {
    expect(plain(percent(value))).toBe(shown);
  });

  it('has the requested decimals, also at the ends of the range', () => {
    expect(plain(percent(0.3167, 1))).toBe('31.7 %');
    expect(plain(percent(0.0003, 1))).toBe('<0.1 %');
    expect(plain(percent(0.9999, 1))).toBe('>99.9 %');
  });

  it('never claims certainty, for any probability', () => {
    fc.assert(
      fc.property(probability, fc.integer({ min: 0, max: 3 }), (value, decimals) => {
        expect(plain(percent(value, decimals))).not.toMatch(/^(0|0\.0+|100|100\.0+) %$/);
      }),
    );
  });

  it('keeps the number and its sign on one line', () => {
    expect(percent(0.5)).toBe('50\u00a0%');
  });
});

describe('a probability beside its threshold', () => {
  it('is a whole number if the two are far apart', () => {
    expect(compared(0.646, 0.317)).toEqual(['65 %', '32 %']);
  });

  it('has one decimal within one per cent of the threshold', () => {
    expect(compared(0.324, 0.317)).toEqual(['32.4 %', '31.7 %']);
    expect(compared(0.5, 0.5)).toEqual(['50.0 %', '50.0 %']);
  });

  it('has another decimal if one would show it at a threshold that it is below', () => {
    expect(compared(0.4996, 0.5)).toEqual(['49.96 %', '50.00 %']);
  });

  it('is shown below the threshold even if no reasonable number of decimals separates the two', () => {
    expect(compared(0.499_999_999, 0.5)).toEqual(['49.999 %', '50.000 %']);
  });

  it('never contradicts the statement, for any values', () => {
    fc.assert(
      fc.property(
        threshold,
        fc.oneof(probability, fc.constant(undefined)),
        fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
        (limit, any, near) => {
          const value = any ?? limit + near;
          const shown = comparePercent(value, limit);
          const difference = numberOf(shown.value) - numberOf(shown.threshold);
          if (value >= limit) expect(difference).toBeGreaterThanOrEqual(0);
          else expect(difference).toBeLessThan(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

function compared(value: number, limit: number): [string, string] {
  const shown = comparePercent(value, limit);
  return [plain(shown.value), plain(shown.threshold)];
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

/** How a reader understands the text: "<1 %" is less than one, ">99 %" more than ninety-nine. */
function numberOf(text: string): number {
  const number = Number.parseFloat(text.replace(/[<>]/, ''));
  if (text.startsWith('<')) return number - 1e-6;
  return text.startsWith('>') ? number + 1e-6 : number;
}
