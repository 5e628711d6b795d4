import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoresOf } from '../../src/classifier/model/calibration.ts';
import {
  equalPrevalence,
  MARKED_RATIO,
  markedClasses,
  referencePrevalence,
} from '../../src/classifier/decision/prevalence.ts';
import { decide, statedFor, type Verdict } from '../../src/classifier/decision/verdict.ts';
import { loadConfig } from '../../src/config/load.ts';
import { CLASS_IDS, MALIGNANT_CLASSES, type Probabilities } from '../../src/protocol/classes.ts';
import { isContradicted } from '../../src/protocol/observed.ts';
import { PREVALENCE_PRESETS, prevalenceOf, reweighted } from '../../src/protocol/prevalence.ts';
import { choicesOf } from '../../src/settings/choices.ts';
import { exampleCard } from '../support/bundle.ts';

/** As in HAM10000: a fifth malignant. */
const SHARES = [0.03, 0.05, 0.11, 0.012, 0.115, 0.668, 0.015];

/** One softmax at these frequencies: the biases are their logarithms. */
const CARD = exampleCard({
  calibration: { temperature: 0.9, classBias: SHARES.map((share) => 0.9 * Math.log(share)) },
  reference: { on: 'synthetic lesions', classShares: SHARES },
  reliability: {
    on: 'synthetic lesions',
    malignancy: [0.01, 0.1, 0.5, 0.9],
    lesions: [100, 100, 100, 100],
    malignant: [1, 10, 50, 90],
  },
});
const REFERENCE = referencePrevalence(CARD)!;

const logits = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 7, maxLength: 7 });
const setting = fc.constantFrom(
  ...Object.keys(PREVALENCE_PRESETS),
  ...['0.001', '0.02', '0.2', '0.5', '0.95', '0.999', 'card'],
);

type Result = Extract<Verdict, { outcome: 'result' }>;

/** The result of these logits at the card's own frequencies. */
function resultOf(of: readonly number[]): Result {
  return decide({ scores: scoresOf(of, CARD)!, lesion: {} }, CARD) as Result;
}

function at(result: Verdict, stated: string): Result {
  return statedFor(result, stated) as Result;
}

function malignantSum(probabilities: Probabilities): number {
  return MALIGNANT_CLASSES.reduce((sum, id) => sum + probabilities[id], 0);
}

function odds(probability: number): number {
  return probability / (1 - probability);
}

describe('a result at another prevalence', () => {
  it('is on the same side of the threshold, whatever the prevalence', () => {
    fc.assert(
      fc.property(logits, setting, (values, stated) => {
        const result = resultOf(values);
        const there = at(result, stated);
        expect(there.statement).toBe(result.statement);
        expect(there.malignancy >= there.threshold).toBe(result.malignancy >= result.threshold);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has the odds multiplied by the ratio of the odds of the prevalences, number and threshold alike', () => {
    fc.assert(
      fc.property(logits, setting, (values, stated) => {
        const result = resultOf(values);
        const there = at(result, stated);
        const factor = odds(prevalenceOf(stated, REFERENCE)!) / odds(REFERENCE);
        expect(odds(there.malignancy) / odds(result.malignancy) / factor).toBeCloseTo(1, 6);
        expect(odds(there.threshold) / odds(result.threshold) / factor).toBeCloseTo(1, 6);
      }),
    );
  });

  it('has seven probabilities that sum to one, the malignant ones to the number', () => {
    fc.assert(
      fc.property(logits, setting, (values, stated) => {
        const { probabilities, malignancy } = at(resultOf(values), stated);
        expect(CLASS_IDS.reduce((sum, id) => sum + probabilities[id], 0)).toBeCloseTo(1, 9);
        expect(malignantSum(probabilities)).toBeCloseTo(malignancy, 9);
      }),
    );
  });

  it('is what the same logits give with the frequencies of that clinic in the softmax', () => {
    fc.assert(
      fc.property(logits, setting, (values, stated) => {
        const to = prevalenceOf(stated, REFERENCE)!;
        const shares = SHARES.map((share, i) => {
          const malignant = MALIGNANT_CLASSES.includes(CLASS_IDS[i]!);
          return malignant ? (share * to) / REFERENCE : (share * (1 - to)) / (1 - REFERENCE);
        });
        const classBias = shares.map((share) => 0.9 * Math.log(share));
        const expected = scoresOf(values, { calibration: { temperature: 0.9, classBias } })!;
        const { probabilities } = at(resultOf(values), stated);
        for (const id of CLASS_IDS) expect(probabilities[id]).toBeCloseTo(expected.probabilities[id], 9);
      }),
    );
  });

  it('says the same as the lesions of a test set from which benign ones are left out', () => {
    // 1,000 lesions, a fifth malignant, in two groups of evidence; every fourth benign one is kept.
    const groups = [
      { malignant: 150, benign: 50 },
      { malignant: 50, benign: 750 },
    ];
    for (const { malignant, benign } of groups) {
      const change = { from: 0.2, to: 200 / (200 + 800 / 4) };
      expect(reweighted(malignant / (malignant + benign), change)).toBeCloseTo(
        malignant / (malignant + benign / 4),
        12,
      );
    }
  });

  it('states it, and is unchanged at the card’s own', () => {
    const result = resultOf([1, 0, 0, 0, 1, 2, 0]);
    expect(result.prevalence).toBeCloseTo(0.195, 9);
    expect(at(result, 'card')).toBe(result);
    expect(at(result, 'primary-care').prevalence).toBe(0.09);
    expect(at(result, '0.3').prevalence).toBe(0.3);
  });

  it('moves the observed fraction and its interval with the number, so that neither contradicts the other', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), setting, (malignancy, stated) => {
        const probabilities = { ...probabilitiesOf(malignancy) };
        const result = decide({ scores: { malignancy, probabilities }, lesion: {} }, CARD) as Result;
        const there = at(result, stated);
        const shown = there.observed!.stated ?? there.observed!;
        const { low, high } = result.observed!;
        if (malignancy < low || malignancy > high) return;
        expect(isContradicted(there.malignancy, shown)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('cannot be stated for a card without frequencies', () => {
    const bare = exampleCard();
    const result = decide({ scores: scoresOf([1, 0, 0, 0, 1, 2, 0], bare)!, lesion: {} }, bare);
    expect(result).not.toHaveProperty('prevalence');
    expect(statedFor(result, 'primary-care')).toBe(result);
  });
});

function probabilitiesOf(malignancy: number): Probabilities {
  return { akiec: 0, bcc: 0, bkl: 0, df: 0, mel: malignancy, nv: 1 - malignancy, vasc: 0 };
}

describe('the probabilities at equal frequencies of the classes', () => {
  it('are the softmax without the frequencies', () => {
    fc.assert(
      fc.property(logits, (values) => {
        const found = equalPrevalence(resultOf(values).probabilities, CARD.reference!);
        const expected = scoresOf(values, { calibration: { temperature: 0.9 } })!.probabilities;
        for (const id of CLASS_IDS) expect(found[id]).toBeCloseTo(expected[id], 9);
      }),
    );
  });
});

describe('a class much likelier than usual', () => {
  const equal = { on: 'synthetic lesions', classShares: [0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.1] };

  it('is marked if it is not the most probable, the more severe first', () => {
    const probabilities = { akiec: 0.02, bcc: 0.01, bkl: 0.01, df: 0.12, mel: 0.06, nv: 0.7, vasc: 0.08 };
    const rare = { on: 'synthetic lesions', classShares: [0.01, 0.3, 0.2, 0.012, 0.005, 0.468, 0.005] };
    expect(markedClasses(probabilities, rare)).toEqual(['mel', 'vasc', 'df']);
  });

  it('is not marked below a likelihood ratio of ten, nor if it is the most probable', () => {
    const just = 10 / 9 / (1 + 10 / 9);
    const probabilities = (mel: number) => ({ ...probabilitiesOf(mel), nv: 1 - mel });
    expect(MARKED_RATIO).toBe(10);
    expect(markedClasses(probabilities(just + 1e-9), equal)).toEqual([]);
    expect(
      markedClasses(probabilities(0.4), {
        on: 'synthetic lesions',
        classShares: [0.1, 0.1, 0.1, 0.1, 0.07, 0.43, 0.1],
      }),
    ).toEqual([]);
    expect(
      markedClasses(probabilities(0.4), {
        on: 'synthetic lesions',
        classShares: [0.1, 0.1, 0.1, 0.1, 0.06, 0.44, 0.1],
      }),
    ).toEqual(['mel']);
  });

  it('is the same at every prevalence, and stands where its probability puts it', () => {
    fc.assert(
      fc.property(logits, setting, (values, stated) => {
        const result = resultOf(values);
        expect(at(result, stated).marked).toEqual(result.marked);
      }),
    );
  });
});

describe('the setting', () => {
  it('takes the presets and shares from 0.001 to 0.999, and nothing else', () => {
    for (const value of [
      'card',
      'primary-care',
      'dermatology',
      'tumour-clinic',
      '0.001',
      '0.05',
      '0.2',
      '0.999',
    ])
      expect(loadConfig({ KIOSK_PREVALENCE: value }).prevalence).toBe(value);
    for (const value of ['0', '0.0', '0.000', '1', '1.2', '5', '0.0005', '-0.1', 'clinic'])
      expect(() => loadConfig({ KIOSK_PREVALENCE: value }), value).toThrow(/KIOSK_PREVALENCE/);
  });

  it('offers the card’s own first and the others by size on the screen', () => {
    const [first, ...others] = choicesOf('prevalence', []);
    expect(first).toBe('card');
    const shares = others.map((choice) => prevalenceOf(String(choice), 0.5)!);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(others).toEqual(expect.arrayContaining(Object.keys(PREVALENCE_PRESETS)));
  });
});
