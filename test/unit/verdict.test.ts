import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/classifier/model/card.ts';
import type { ModelScores } from '../../src/classifier/model/model-scores.ts';
import { decide } from '../../src/classifier/decision/verdict.ts';
import { differential } from '../../src/protocol/differential.ts';
import { CLASS_IDS, MALIGNANT_CLASSES, type Probabilities } from '../../src/protocol/classes.ts';
import { LESION_LIMITS } from '../../src/vision/gate.ts';
import { exampleCard } from '../support/bundle.ts';

const card = exampleCard();
const threshold = card.operatingPoints[0]!.threshold;

/** A card with every kind of limit. */
const LIMITED = {
  ...card,
  presence: { evidence: 0.8, share: 0.02 },
  likeness: { file: 'likeness.bin', components: 2, features: 4, limit: 100 },
  conformal: { coverage: 0.95, minProbability: 0.1, maxSize: 2 },
} satisfies Card;

const LESION = { evidence: 0.9, share: 0.2, distance: 50 };

function readingWith(malignancy: number): ModelScores {
  return {
    scores: { malignancy, probabilities: probabilities({ mel: malignancy, nv: 1 - malignancy }) },
    lesion: LESION,
  };
}

function probabilities(values: Partial<Probabilities>): Probabilities {
  return { akiec: 0, bcc: 0, bkl: 0, df: 0, mel: 0, nv: 0, vasc: 0, ...values };
}

/** Scores for these probabilities, as from the calibration. */
function reading(values: Partial<Probabilities>, lesion: ModelScores['lesion'] = LESION): ModelScores {
  const all = probabilities(values);
  const malignancy = MALIGNANT_CLASSES.reduce((sum, id) => sum + all[id], 0);
  return { scores: { probabilities: all, malignancy }, lesion };
}

describe('the verdict', () => {
  it('is above at the threshold, and below under it', () => {
    expect(decide(readingWith(threshold), card)).toMatchObject({
      outcome: 'result',
      statement: 'above',
      threshold,
    });
    expect(decide(readingWith(threshold - 1e-9), card)).toMatchObject({ statement: 'below' });
  });

  it('uses the operating point that is marked as the default', () => {
    const [point] = card.operatingPoints;
    const two = exampleCard({
      operatingPoints: [
        { ...point!, default: false },
        { ...point!, threshold: 0.7 },
      ],
    });
    expect(decide(readingWith(0.5), two)).toMatchObject({ threshold: 0.7, statement: 'below' });
  });

  it('takes every threshold from the card', () => {
    fc.assert(
      fc.property(share, share, (malignancy, limit) => {
        const [point] = card.operatingPoints;
        const other = exampleCard({ operatingPoints: [{ ...point!, threshold: limit }] });
        expect(decide(readingWith(malignancy), other)).toMatchObject({
          threshold: limit,
          statement: malignancy >= limit ? 'above' : 'below',
        });
      }),
    );
  });

  it('is at the threshold within the bounds of the card, both included', () => {
    const [point] = card.operatingPoints;
    const atThreshold = { low: 0.2, high: 0.4, source: 'an example' };
    const spanned = exampleCard({ operatingPoints: [{ ...point!, threshold: 0.3, atThreshold }] });
    const statementOf = (malignancy: number) => decide(readingWith(malignancy), spanned);
    for (const inside of [0.2, 0.3, 0.4]) expect(statementOf(inside)).toMatchObject({ statement: 'at' });
    expect(statementOf(0.4 + 1e-9)).toMatchObject({ statement: 'above' });
    expect(statementOf(0.2 - 1e-9)).toMatchObject({ statement: 'below' });
  });

  it('has no score if the scores are not finite', () => {
    expect(decide({ lesion: {} }, card)).toEqual({ outcome: 'withheld', reason: 'not-finite' });
  });

  it('ignores values for which the card has no limit', () => {
    expect(decide({ ...readingWith(0.5), lesion: {} }, card)).toMatchObject({ outcome: 'result' });
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('a result is withheld', () => {
  it.each([
    { lesion: { ...LESION, distance: 100.1 }, reason: 'unlike-training' },
    { lesion: { evidence: 0.9, share: 0.2 }, reason: 'not-finite' },
    { lesion: { ...LESION, share: NaN }, reason: 'not-finite' },
    { lesion: { distance: 50 }, reason: 'not-finite' },
  ])('for the image: $lesion is $reason', ({ lesion, reason }) => {
    expect(decide(reading({ mel: 1 }, lesion), LIMITED)).toEqual({ outcome: 'withheld', reason });
  });

  it.each([{ evidence: 0.79 }, { share: 0.019 }])('but retaken where there is no lesion: %j', (values) => {
    const verdict = decide(reading({ mel: 1 }, { ...LESION, ...values }), LIMITED);
    expect(verdict).toEqual({ outcome: 'unfit', reason: 'no-lesion' });
  });

  it('not exactly at the limits', () => {
    const lesion = { evidence: 0.8, share: 0.02, distance: 100 };
    expect(decide(reading({ nv: 1 }, lesion), LIMITED)).toMatchObject({ outcome: 'result' });
  });

  it.each([
    { what: 'three benign classes are possible', values: { nv: 0.4, bkl: 0.35, df: 0.25 } },
    { what: 'no class is possible', values: { nv: 0.09, bkl: 0.09 } },
  ])('when $what', ({ values }) => {
    expect(decide(reading(values), LIMITED)).toEqual({ outcome: 'withheld', reason: 'unsure' });
  });

  it.each([
    { what: 'a malignant class is among many', values: { nv: 0.3, bkl: 0.3, df: 0.28, mel: 0.12 } },
    { what: 'two benign classes are possible', values: { nv: 0.55, bkl: 0.45 } },
  ])('not when $what', ({ values }) => {
    expect(decide(reading(values), LIMITED)).toMatchObject({ outcome: 'result' });
  });

  it('for the first of several reasons', () => {
    const faults = {
      'not-finite': { scores: false },
      'not-a-lesion': { lesion: { evidence: 0 } },
      'unlike-training': { lesion: { distance: 1e6 } },
      unsure: { values: { nv: 0.4, bkl: 0.35, df: 0.25 } },
    } as const;
    const order = Object.keys(faults) as (keyof typeof faults)[];
    fc.assert(
      fc.property(fc.subarray(order, { minLength: 1 }), (wrong) => {
        const lesion = {
          ...LESION,
          ...(wrong.includes('not-a-lesion') && faults['not-a-lesion'].lesion),
          ...(wrong.includes('unlike-training') && faults['unlike-training'].lesion),
        };
        const { scores } = reading(wrong.includes('unsure') ? faults.unsure.values : { nv: 1 });
        const read = { lesion, ...(wrong.includes('not-finite') ? {} : { scores: scores! }) };
        const [first] = wrong;
        expect(decide(read, LIMITED)).toEqual(
          first === 'not-a-lesion'
            ? { outcome: 'unfit', reason: 'no-lesion' }
            : { outcome: 'withheld', reason: first },
        );
      }),
    );
  });

  it('with only the reason and no score, for any measurements', () => {
    const lesions = fc.record({ evidence: share, share, distance: fc.double({ min: 0, max: 1e4 }) });
    fc.assert(
      fc.property(fc.array(share, { minLength: 7, maxLength: 7 }), lesions, (shares, lesion) => {
        const values = Object.fromEntries(CLASS_IDS.map((id, i) => [id, shares[i]! / 7]));
        const verdict = decide(reading(values, lesion), LIMITED);
        if (verdict.outcome === 'withheld') expect(Object.keys(verdict)).toEqual(['outcome', 'reason']);
      }),
    );
  });
});

describe('a retake is requested', () => {
  const sensitive = { ...LIMITED, presence: { ...LIMITED.presence, share: LESION_LIMITS.share / 2 } };
  const small = { ...LESION, share: 0.9 * LESION_LIMITS.share };

  it('for a detected lesion that is too small, whatever its scores', () => {
    const verdict = { outcome: 'unfit', reason: 'lesion-small' };
    expect(decide(reading({ mel: 1 }, small), sensitive)).toEqual(verdict);
    expect(decide(reading({ nv: 0.4, bkl: 0.35, df: 0.25 }, small), sensitive)).toEqual(verdict);
    expect(decide(reading({ nv: 1 }, { ...small, distance: 1e6 }), sensitive)).toEqual(verdict);
  });

  it('not for one that is barely detected, which is not a lesion', () => {
    const speck = { ...small, share: 0.4 * LESION_LIMITS.share };
    expect(decide(reading({ mel: 1 }, speck), sensitive)).toMatchObject({ reason: 'no-lesion' });
  });
});

describe('the differential', () => {
  it('lists all seven classes, most probable first', () => {
    const shares = differential(probabilities({ nv: 0.6, mel: 0.3, vasc: 0.1 }));
    expect(shares).toHaveLength(7);
    expect(shares.slice(0, 3).map(({ id }) => id)).toEqual(['nv', 'mel', 'vasc']);
  });

  it('lists the more severe first on a tie', () => {
    const order = differential(probabilities({})).map(({ id }) => id);
    expect(order).toEqual(['mel', 'bcc', 'akiec', 'vasc', 'bkl', 'df', 'nv']);
  });
});
