import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, differential, scoresOf, softmax, type Scores } from '../../src/classifier/verdict.ts';
import { CLASS_IDS, type Probabilities } from '../../src/protocol/classes.ts';
import { exampleCard } from '../fakes/bundle.ts';

const card = exampleCard();
const threshold = card.operatingPoints[0]!.threshold;
const logits = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 7, maxLength: 7 });

function scoresWith(malignancy: number): Scores {
  return { malignancy, probabilities: probabilities({ mel: malignancy, nv: 1 - malignancy }) };
}

function probabilities(values: Partial<Probabilities>): Probabilities {
  return { akiec: 0, bcc: 0, bkl: 0, df: 0, mel: 0, nv: 0, vasc: 0, ...values };
}

describe('the numbers out of the logits', () => {
  it('are probabilities that sum to one, whatever the logits', () => {
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

  it('put each logit on its own class', () => {
    for (const [index, id] of CLASS_IDS.entries()) {
      const values = CLASS_IDS.map((_, i) => (i === index ? 30 : 0));
      expect(scoresOf(values, card)!.probabilities[id]).toBeCloseTo(1, 6);
    }
  });

  it('count melanoma, basal cell carcinoma and actinic keratosis as malignant, and nothing else', () => {
    const malignant = CLASS_IDS.filter((_, index) => {
      const values = CLASS_IDS.map((__, i) => (i === index ? 30 : 0));
      return scoresOf(values, card)!.malignancy > 0.5;
    });
    expect(malignant).toEqual(['akiec', 'bcc', 'mel']);
  });

  it('become less sure as the temperature rises', () => {
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
    'are withheld when a logit is %s, unless it only makes a class impossible',
    (value) => {
      const scores = scoresOf([0, 0, 0, value, 0, 0, 0], card);
      if (value === -Infinity) expect(scores!.probabilities.df).toBe(0);
      else expect(scores).toBeUndefined();
    },
  );

  it.each([6, 8])('are withheld when there are %i logits', (count) => {
    expect(scoresOf(new Array<number>(count).fill(0), card)).toBeUndefined();
  });
});

describe('the verdict', () => {
  it('is above from the threshold on, and below beneath it', () => {
    expect(decide(scoresWith(threshold), card)).toMatchObject({
      outcome: 'result',
      statement: 'above',
      threshold,
    });
    expect(decide(scoresWith(threshold - 1e-9), card)).toMatchObject({ statement: 'below' });
  });

  it('uses the operating point that is marked as the default', () => {
    const [point] = card.operatingPoints;
    const two = exampleCard({
      operatingPoints: [
        { ...point!, default: false },
        { ...point!, threshold: 0.7 },
      ],
    });
    expect(decide(scoresWith(0.5), two)).toMatchObject({ threshold: 0.7, statement: 'below' });
  });

  it('carries no number when the numbers are not finite', () => {
    expect(decide(undefined, card)).toEqual({ outcome: 'withheld', reason: 'not-finite' });
  });
});

describe('the differential', () => {
  it('lists all seven classes, most probable first', () => {
    const shares = differential(probabilities({ nv: 0.6, mel: 0.3, vasc: 0.1 }));
    expect(shares).toHaveLength(7);
    expect(shares.slice(0, 3).map(({ id }) => id)).toEqual(['nv', 'mel', 'vasc']);
  });

  it('puts the more severe first on a tie', () => {
    const order = differential(probabilities({})).map(({ id }) => id);
    expect(order).toEqual(['mel', 'bcc', 'akiec', 'vasc', 'bkl', 'df', 'nv']);
  });
});
