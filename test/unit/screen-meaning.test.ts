import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/classifier/model/card.ts';
import { observedOf } from '../../src/classifier/decision/reliability.ts';
import { wholeInterval } from '../../kiosk-ui/src/format/observed.ts';
import { isContradicted } from '../../src/protocol/observed.ts';
import { scalePlace } from '../../kiosk-ui/src/format/scale.ts';
import { timesWords } from '../../kiosk-ui/src/format/times.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const inside = fc.double({ min: 0.005, max: 0.995, noNaN: true });
const bundle = new URL('../../model/bundles/lesion-pair/card.json', import.meta.url);
const CARD = JSON.parse(readFileSync(bundle, 'utf8')) as Card;

describe('the scale of a result', () => {
  it('has the threshold in the middle, whatever it is', () => {
    fc.assert(
      fc.property(inside, (threshold) => {
        expect(scalePlace(threshold, threshold)).toBeCloseTo(0.5, 9);
      }),
    );
  });

  it('puts a larger probability never further left, and none outside', () => {
    fc.assert(
      fc.property(probability, probability, probability, (a, b, threshold) => {
        const [low, high] = [a, b].toSorted((x, y) => x - y).map((each) => scalePlace(each, threshold));
        expect(low).toBeLessThanOrEqual(high!);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('shows which side of the threshold a probability is on', () => {
    fc.assert(
      fc.property(inside, inside, (malignancy, threshold) => {
        fc.pre(Math.abs(malignancy - threshold) > 1e-6);
        expect(scalePlace(malignancy, threshold) > 0.5).toBe(malignancy > threshold);
      }),
    );
  });
});

describe('the number as a multiple of the threshold', () => {
  it.each([
    [0.65, 0.3254, '2 × the threshold'],
    [0.22, 0.0546, '4 × the threshold'],
    [0.9, 0.0546, '16 × the threshold'],
    [0.0765, 0.0546, '1.4 × the threshold'],
    [0.0547, 0.0546, 'just above the threshold'],
    [0.0545, 0.0546, 'just below the threshold'],
    [0.0273, 0.0546, '0.5 × the threshold'],
    [0.001, 0.0546, 'less than a tenth of the threshold'],
  ])('%f against %f is “%s”', (malignancy, threshold, words) => {
    expect(timesWords(malignancy, threshold)).toBe(words);
  });

  it('never contradicts the side of the threshold', () => {
    fc.assert(
      fc.property(inside, inside, (malignancy, threshold) => {
        const words = timesWords(malignancy, threshold);
        if (words.startsWith('just') || words.startsWith('less')) {
          expect(words.includes('above')).toBe(malignancy >= threshold);
        } else {
          expect(parseFloat(words) > 1).toBe(malignancy > threshold);
        }
      }),
    );
  });
});

describe('the observed fraction beside the number', () => {
  it('is shown with its interval in whole per cent, rounded outwards', () => {
    expect(wholeInterval({ low: 0.8024, high: 0.9221 })).toBe('80–93\u00a0%');
  });

  it('comes first wherever the number is outside the interval that is shown', () => {
    fc.assert(
      fc.property(probability, (malignancy) => {
        const observed = observedOf(malignancy, CARD)!;
        const [low, high] = wholeInterval(observed).replace(/\D+$/, '').split('–').map(Number);
        const isInside = malignancy * 100 >= low! && malignancy * 100 <= high!;
        expect(isContradicted(malignancy, observed)).toBe(!isInside);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never falls while the number rises, over the whole range of the shipped card', () => {
    const shares = Array.from({ length: 2_001 }, (_, i) => {
      const { malignant, lesions } = observedOf(i / 2_000, CARD)!;
      return malignant / lesions;
    });
    shares.slice(1).forEach((share, i) => {
      expect(share).toBeGreaterThanOrEqual(shares[i]!);
    });
  });
});
