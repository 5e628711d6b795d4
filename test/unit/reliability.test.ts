import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observedOf } from '../../src/classifier/decision/reliability.ts';
import { cardSummary } from '../../src/classifier/model/card-summary.ts';
import { answerOf } from '../../src/classifier/decision/verdict.ts';
import { pageOf } from '../../src/reports/model-card/page.ts';
import { exampleCard } from '../support/bundle.ts';

const RELIABILITY = {
  on: 'synthetic lesions',
  malignancy: [0.01, 0.1, 0.5, 0.9],
  lesions: [100, 100, 100, 30],
  malignant: [0, 8, 45, 30],
};
const card = exampleCard({ reliability: RELIABILITY });

const probabilities = { akiec: 0, bcc: 0, bkl: 0, df: 0, mel: 0.5, nv: 0.5, vasc: 0 };
const reading = { scores: { malignancy: 0.5, probabilities }, lesion: {} };

describe('the uncertainty of a malignancy', () => {
  // 0 of 100 is shown as 0–4 %, so 4.1 % is compared with the next group, although the first is nearer.
  it.each([
    [0, 0],
    [0.04, 0],
    [0.041, 8],
    [0.6, 45],
    [0.71, 30],
    [1, 30],
  ])('is that of the test lesions with the nearest scores (%f)', (malignancy, malignant) => {
    expect(observedOf(malignancy, card)).toMatchObject({ lesions: malignant === 30 ? 30 : 100, malignant });
  });

  it('is the Wilson interval of the malignant fraction, also if all or none were malignant', () => {
    // From scipy.stats.binomtest(k, n).proportion_ci(method='wilson').
    const ends = [0, 0.5, 1].map((malignancy) => {
      const { low, high } = observedOf(malignancy, card)!;
      return [low, high].map((end) => Number(end.toFixed(4)));
    });
    expect(ends).toEqual([
      [0, 0.037],
      [0.3561, 0.5476],
      [0.8865, 1],
    ]);
  });

  it('never falls while the score rises, whatever the groups are', () => {
    const group = fc.integer({ min: 30, max: 100 }).chain((lesions) => {
      return fc.record({ lesions: fc.constant(lesions), malignant: fc.integer({ min: 0, max: lesions }) });
    });
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 12 }), (groups) => {
        const malignancy = groups.map((_, i) => i / groups.length);
        const table = {
          ...{ on: 'synthetic lesions', malignancy },
          lesions: groups.map(({ lesions }) => lesions),
          malignant: groups.map(({ malignant }) => malignant),
        };
        const scores = Array.from({ length: 201 }, (_, i) => i / 200);
        const found = scores.map((score) => observedOf(score, { reliability: table })!);
        found.slice(1).forEach(({ malignant, lesions }, i) => {
          expect(malignant / lesions).toBeGreaterThanOrEqual(found[i]!.malignant / found[i]!.lesions);
        });
      }),
    );
  });

  it('pools the groups of which the later has the smaller fraction', () => {
    const reliability = { ...RELIABILITY, lesions: [100, 100, 100, 100], malignant: [0, 30, 20, 90] };
    const found = RELIABILITY.malignancy.map((score) => observedOf(score, { reliability })?.malignant);
    expect(found).toEqual([0, 25, 25, 90]);
  });

  it('is undefined and omitted from the result if the card does not have it', () => {
    expect(observedOf(0.5, {})).toBeUndefined();
    const bare = answerOf(reading, exampleCard());
    expect(bare).toMatchObject({ outcome: 'result' });
    expect(bare).not.toHaveProperty('observed');
    expect(answerOf(reading, card)).toMatchObject({ observed: { malignant: 45 } });
  });

  it('is on the page of the card and in its rules', () => {
    expect(cardSummary(card).find(({ name }) => name === 'Uncertainty')?.value).toContain(
      'of the 30 to 100 nearest test lesions',
    );
    const page = pageOf({ card, sha256: 'ab'.repeat(32) });
    expect(page).toContain('| 1\u00a0% | 0 of 100 | <0.1\u00a0% – 3.7\u00a0% |');
    expect(page).toContain('| 50\u00a0% | 45 of 100 | 35.6\u00a0% – 54.8\u00a0% |');
    expect(page).toContain('| 99\u00a0% | 30 of 30 | 88.6\u00a0% – >99.9\u00a0% |');
  });
});
