import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoresOf, softmax } from '../../src/classifier/model/calibration.ts';
import type { Card } from '../../src/classifier/model/card.ts';
import { CLASS_IDS, MALIGNANT_CLASSES, type Probabilities } from '../../src/protocol/classes.ts';
import { exampleCard } from '../support/bundle.ts';

const card = exampleCard();
const bias = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 7, maxLength: 7 });
const logits = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 7, maxLength: 7 });
/** Every calibration that training could produce. */
const calibrations: fc.Arbitrary<Card['calibration']> = fc.record(
  {
    temperature: fc.double({ min: 0.1, max: 10, noNaN: true }),
    classBias: bias,
    differential: fc.record({ classBias: bias }),
    malignancy: fc.record({
      slope: fc.double({ min: 0.05, max: 5, noNaN: true }),
      intercept: fc.double({ min: -5, max: 5, noNaN: true }),
    }),
  },
  { requiredKeys: ['temperature'] },
);

function sumOf(probabilities: Probabilities, ids: readonly (typeof CLASS_IDS)[number][]): number {
  return ids.reduce((sum, id) => sum + probabilities[id], 0);
}

describe('the scores from the logits', () => {
  it('are probabilities that sum to one for any logits', () => {
    fc.assert(
      fc.property(logits, (values) => {
        const scores = scoresOf(values, card)!;
        const shares = CLASS_IDS.map((id) => scores.probabilities[id]);
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(scores.malignancy).toBeGreaterThanOrEqual(0);
        expect(scores.malignancy).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('assign each logit to its own class', () => {
    for (const [index, id] of CLASS_IDS.entries()) {
      const values = CLASS_IDS.map((_, i) => (i === index ? 30 : 0));
      expect(scoresOf(values, card)!.probabilities[id]).toBeCloseTo(1, 6);
    }
  });

  it('count only melanoma, basal cell carcinoma and actinic keratosis as malignant', () => {
    const malignant = CLASS_IDS.filter((_, index) => {
      const values = CLASS_IDS.map((__, i) => (i === index ? 30 : 0));
      return scoresOf(values, card)!.malignancy > 0.5;
    });
    expect(malignant).toEqual(['akiec', 'bcc', 'mel']);
  });

  it('become less confident as the temperature rises', () => {
    const values = [0, 0, 0, 0, 2, 0, 0];
    const cold = scoresOf(values, { calibration: { temperature: 1 } })!;
    const warm = scoresOf(values, { calibration: { temperature: 2 } })!;
    expect(cold.probabilities.mel).toBeCloseTo(Math.exp(2) / (Math.exp(2) + 6), 12);
    expect(warm.probabilities.mel).toBeCloseTo(Math.exp(1) / (Math.exp(1) + 6), 12);
  });

  it('do not change when a constant is added to every logit', () => {
    fc.assert(
      fc.property(logits, fc.integer({ min: -100, max: 100 }), (values, shift) => {
        const [a, b] = [softmax(values), softmax(values.map((value) => value + shift))];
        for (const [i, share] of a.entries()) expect(b[i]).toBeCloseTo(share, 9);
      }),
    );
  });

  it.each([NaN, Infinity, -Infinity])(
    'are unavailable if a logit is %s, unless it only makes a class impossible',
    (value) => {
      const scores = scoresOf([0, 0, 0, value, 0, 0, 0], card);
      if (value === -Infinity) expect(scores!.probabilities.df).toBe(0);
      else expect(scores).toBeUndefined();
    },
  );

  it.each([6, 8])('are unavailable if there are %i logits', (count) => {
    expect(scoresOf(new Array<number>(count).fill(0), card)).toBeUndefined();
  });
});

describe('the calibration', () => {
  it('keeps the sum of all classes at one and of the malignant ones at the malignancy, for any logits', () => {
    fc.assert(
      fc.property(logits, calibrations, (values, calibration) => {
        const { probabilities, malignancy } = scoresOf(values, { calibration })!;
        expect(Object.values(probabilities).every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(sumOf(probabilities, CLASS_IDS)).toBeCloseTo(1, 9);
        expect(sumOf(probabilities, MALIGNANT_CLASSES)).toBeCloseTo(malignancy, 9);
      }),
    );
  });

  it('does not change the order of the classes within benign or malignant', () => {
    fc.assert(
      fc.property(logits, calibrations, (values, { malignancy, ...rest }) => {
        const bare = scoresOf(values, { calibration: rest })!.probabilities;
        const mapped = scoresOf(values, { calibration: { ...rest, ...(malignancy && { malignancy }) } })!;
        for (const side of [MALIGNANT_CLASSES, CLASS_IDS.filter((id) => !MALIGNANT_CLASSES.includes(id))]) {
          for (const a of side) {
            for (const b of side) {
              if (bare[a] > bare[b])
                expect(mapped.probabilities[a]).toBeGreaterThanOrEqual(mapped.probabilities[b]);
            }
          }
        }
      }),
    );
  });

  it('does not change the malignancy by the class bias of the differential', () => {
    fc.assert(
      fc.property(logits, calibrations, (values, { differential, ...rest }) => {
        const plain = scoresOf(values, { calibration: rest })!;
        const ordered = scoresOf(values, {
          calibration: { ...rest, ...(differential && { differential }) },
        })!;
        expect(ordered.malignancy).toBe(plain.malignancy);
      }),
    );
  });

  it('distributes the sum of the benign classes by the class bias of the differential', () => {
    const classBias = [0, 0, 0, 0, 0, Math.log(6), 0];
    const rare = [0, 0, 0, 0, 0, 0, 0];
    const values = [-9, -9, 0, 0, Math.log(2), 0, 0];
    const common = scoresOf(values, { calibration: { temperature: 1, classBias } })!;
    const named = scoresOf(values, {
      calibration: { temperature: 1, classBias, differential: { classBias: rare } },
    })!;
    expect(common.probabilities.nv / common.probabilities.bkl).toBeCloseTo(6, 9);
    expect(named.probabilities.nv).toBeCloseTo(named.probabilities.bkl, 9);
    expect(named.probabilities.nv).toBeCloseTo((1 - common.malignancy) / 4, 9);
  });

  it('never reverses the order of two images', () => {
    const malignancyOf = (values: readonly number[], calibration: Card['calibration']): number =>
      scoresOf(values, { calibration })!.malignancy;
    fc.assert(
      fc.property(logits, logits, calibrations, (a, b, { malignancy, ...rest }) => {
        const mapped = { ...rest, ...(malignancy && { malignancy }) };
        if (malignancyOf(a, rest) < malignancyOf(b, rest)) {
          expect(malignancyOf(a, mapped)).toBeLessThanOrEqual(malignancyOf(b, mapped));
        }
      }),
    );
  });

  it('applies slope and intercept to the log-odds', () => {
    const values = [0, 0, 0, 0, 1, 0, 0];
    const bare = scoresOf(values, card)!.malignancy;
    const logOdds = Math.log(bare / (1 - bare));
    for (const [slope, intercept] of [
      [1, 0],
      [2, 0],
      [1, -1],
      [0.5, 0.7],
    ] as const) {
      const { malignancy } = scoresOf(values, {
        calibration: { temperature: 1, malignancy: { slope, intercept } },
      })!;
      expect(malignancy).toBeCloseTo(1 / (1 + Math.exp(-(slope * logOdds + intercept))), 12);
    }
  });

  it('adds the class bias before dividing by the temperature', () => {
    const classBias = [0, 0, 0, 0, 2, 0, 0];
    const calibrated = scoresOf([0, 0, 0, 0, 0, 0, 0], { calibration: { temperature: 2, classBias } })!;
    expect(calibrated.probabilities.mel).toBeCloseTo(Math.exp(1) / (Math.exp(1) + 6), 12);
  });

  it.each([
    { what: 'all malignant', values: [0, 0, -2000, -2000, 0, -2000, -2000] },
    { what: 'all benign', values: [-2000, -2000, 0, 0, -2000, 0, 0] },
  ])('keeps the sums also if the network is certain: $what', ({ values }) => {
    const calibration = { temperature: 1, malignancy: { slope: 1, intercept: 0 } };
    const { probabilities, malignancy } = scoresOf(values, { calibration })!;
    expect(sumOf(probabilities, CLASS_IDS)).toBeCloseTo(1, 12);
    expect(sumOf(probabilities, MALIGNANT_CLASSES)).toBeCloseTo(malignancy, 12);
    expect(malignancy).toBeGreaterThan(0);
    expect(malignancy).toBeLessThan(1);
  });
});
