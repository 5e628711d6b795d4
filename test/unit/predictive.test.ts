import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/classifier/model/card.ts';
import { PREVALENCES, predictiveTable, predictiveValues } from '../../src/classifier/decision/predictive.ts';
import type { Figure } from '../../src/protocol/http.ts';
import { inCounts } from '../../src/protocol/predictive.ts';
import { exampleCard } from '../support/bundle.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const inside = fc.double({ min: 0.001, max: 0.999, noNaN: true });
/** Two values, the smaller first. */
const pair = fc.tuple(inside, inside).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const count = fc.integer({ min: 1, max: 10_000 });

/** A card whose operating point has these figures. */
function cardWith(sensitivity: Figure, specificity: Figure): Card {
  const [point] = exampleCard().operatingPoints;
  return exampleCard({ operatingPoints: [{ ...point!, sensitivity, specificity }] });
}

describe('predictive values', () => {
  it('equal those from counted lesions', () => {
    fc.assert(
      fc.property(
        fc.record({ hits: count, misses: count, spared: count, alarms: count }),
        ({ hits, misses, spared, alarms }) => {
          const [malignant, benign] = [hits + misses, spared + alarms];
          const { positive, negative } = predictiveValues({
            sensitivity: hits / malignant,
            specificity: spared / benign,
            prevalence: malignant / (malignant + benign),
          });
          expect(positive).toBeCloseTo(hits / (hits + alarms), 9);
          expect(negative).toBeCloseTo(spared / (spared + misses), 9);
        },
      ),
    );
  });

  it('are between 0 and 1, or undefined', () => {
    fc.assert(
      fc.property(share, share, share, (sensitivity, specificity, prevalence) => {
        const { positive = 0, negative = 0 } = predictiveValues({ sensitivity, specificity, prevalence });
        for (const value of [positive, negative]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('increase with the sensitivity and the specificity', () => {
    fc.assert(
      fc.property(inside, pair, pair, (prevalence, sensitivities, specificities) => {
        const [low, high] = ([0, 1] as const).map((end) =>
          predictiveValues({
            sensitivity: sensitivities[end],
            specificity: specificities[end],
            prevalence,
          }),
        );
        expect(high!.positive!).toBeGreaterThanOrEqual(low!.positive! - 1e-12);
        expect(high!.negative!).toBeGreaterThanOrEqual(low!.negative! - 1e-12);
      }),
    );
  });

  it('are the prevalence and its complement for a random test', () => {
    fc.assert(
      fc.property(inside, inside, (coin, prevalence) => {
        const { positive, negative } = predictiveValues({
          sensitivity: coin,
          specificity: 1 - coin,
          prevalence,
        });
        expect(positive).toBeCloseTo(prevalence, 9);
        expect(negative).toBeCloseTo(1 - prevalence, 9);
      }),
    );
  });

  it.each([
    ['nothing is malignant', 0.9, 0.6, 0, 0, 1],
    ['everything is malignant', 0.9, 0.6, 1, 1, 0],
    ['the test never errs', 1, 1, 0.1, 1, 1],
    ['the test always errs', 0, 0, 0.1, 0, 0],
    ['everything is above', 1, 0, 0.1, 0.1, undefined],
    ['nothing is above', 0, 1, 0.1, undefined, 0.9],
    ['nothing is malignant, and all that is benign is below', 0.9, 1, 0, undefined, 1],
    ['everything is malignant and above', 1, 0.6, 1, 1, undefined],
  ])('are known if %s', (_name, sensitivity, specificity, prevalence, positive, negative) => {
    expect(predictiveValues({ sensitivity, specificity, prevalence })).toEqual({ positive, negative });
  });
});

describe('the table of predictive values', () => {
  const card = cardWith({ value: 0.95, low: 0.93, high: 0.97 }, { value: 0.6, low: 0.55, high: 0.65 });

  it('has a row for each prevalence, of the default operating point', () => {
    const other = { ...card.operatingPoints[0]!, name: 'other', default: false, sensitivity: { value: 0.5 } };
    const rows = predictiveTable({ operatingPoints: [other, ...card.operatingPoints] });
    expect(rows.map(({ prevalence }) => prevalence)).toEqual(PREVALENCES);
    expect(rows[2]?.positive?.value).toBeCloseTo(0.095 / (0.095 + 0.36), 9);
    expect(rows[2]?.negative?.value).toBeCloseTo(0.54 / (0.54 + 0.005), 9);
  });

  it('has intervals around its figures', () => {
    for (const { positive, negative } of predictiveTable(card)) {
      for (const { value, low, high } of [positive!, negative!]) {
        expect(low).toBeLessThan(value);
        expect(high).toBeGreaterThan(value);
      }
    }
  });

  it('has no interval if a figure of the card has none', () => {
    const [row] = predictiveTable(cardWith({ value: 0.95, low: 0.93, high: 0.97 }, { value: 0.6 }));
    expect(Object.keys(row!.positive!)).toEqual(['value']);
  });
});

describe('predictive values in words', () => {
  it.each([
    [0.0463, 0.9989, 'so are about 5 of 100 above the threshold and about 1 of 1000 below it.'],
    [0.001, 0.9999, 'so are fewer than 1 of 100 above the threshold and fewer than 1 of 1000 below it.'],
  ])('are counts for %d and %d', (positive, negative, words) => {
    const row = { prevalence: 0.02, positive: { value: positive }, negative: { value: negative } };
    expect(inCounts(row)).toBe(`If 2\u00a0% of lesions are malignant, ${words}`);
  });

  it('are empty if one side of the threshold is empty', () => {
    expect(inCounts({ prevalence: 0.1, positive: { value: 0.1 } })).toBe('');
  });
});
