import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalsOf, percentileOf } from '../../src/reports/evaluation/bootstrap.ts';
import { decisionCurveOf, reliabilityOf, rocOf } from '../../src/reports/evaluation/curves.ts';
import { figuresOf } from '../../src/reports/evaluation/figures.ts';
import { wilsonInterval } from '../../src/lib/wilson.ts';
import {
  accuracy,
  balancedAccuracy,
  calibrationBins,
  calibrationError,
  confusionOf,
  malignancyAuc,
  sensitivity,
  sensitivityAtSpecificity,
  specificity,
  type Measure,
} from '../../src/reports/evaluation/measures.ts';
import { resampled, sampleOf, type Case } from '../../src/reports/evaluation/sample.ts';
import {
  CLASS_IDS,
  MALIGNANT_CLASSES,
  type ClassId,
  type Probabilities,
} from '../../src/protocol/classes.ts';

interface Golden {
  readonly threshold: number;
  readonly cases: readonly {
    readonly lesion: string;
    readonly dx: ClassId;
    readonly sixtyFourths: readonly number[];
  }[];
  readonly figures: Readonly<Record<string, number>>;
  readonly replicas: readonly {
    readonly counts: readonly number[];
    readonly figures: Readonly<Record<string, number>>;
  }[];
  readonly percentiles: readonly number[];
}

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'measures.json'), 'utf8'),
) as Golden;

const goldenSample = sampleOf(
  golden.cases.map(({ lesion, dx, sixtyFourths }): Case => {
    const probabilities = Object.fromEntries(
      CLASS_IDS.map((id, i) => [id, sixtyFourths[i]! / 64]),
    ) as Probabilities;
    const malignancy = MALIGNANT_CLASSES.reduce((sum, id) => sum + probabilities[id], 0);
    return { lesion, dx, malignant: MALIGNANT_CLASSES.includes(dx), malignancy, probabilities };
  }),
);

const MEASURES: Readonly<Record<string, Measure>> = {
  accuracy,
  balancedAccuracy,
  malignancyAuc,
  calibrationError,
  sensitivity: sensitivity(golden.threshold),
  specificity: specificity(golden.threshold),
  sensitivityAtSpecificity80: sensitivityAtSpecificity(0.8),
  sensitivityAtSpecificity50: sensitivityAtSpecificity(0.5),
};

let lesions = 0;

/** A case with only a binary label, of its own lesion unless one is given. */
function labelled(malignancy: number, malignant: boolean, lesion = `own ${(lesions += 1)}`): Case {
  const probabilities = Object.fromEntries(CLASS_IDS.map((id) => [id, 1 / 7])) as Probabilities;
  return { malignancy, malignant, lesion, probabilities };
}

describe('the figures', () => {
  it.each(Object.entries(MEASURES))('%s equals the value computed in training', (name, measure) => {
    expect(measure(goldenSample)).toBeCloseTo(golden.figures[name]!, 12);
  });

  it.each(Object.entries(MEASURES))(
    '%s equals the value computed in training for every bootstrap sample, too',
    (name, measure) => {
      for (const { counts, figures } of golden.replicas)
        expect(measure(resampled(goldenSample, counts))).toBeCloseTo(figures[name]!, 12);
    },
  );

  it('use the same percentiles as training', () => {
    const aucs = golden.replicas.map(({ figures }) => figures.malignancyAuc!).sort((a, b) => a - b);
    expect([2.5, 97.5].map((percent) => percentileOf(aucs, percent))).toEqual(
      golden.percentiles.map((value) => expect.closeTo(value, 12) as number),
    );
  });

  it('count every image once in the confusion matrix, with the accuracy on its diagonal', () => {
    const matrix = confusionOf(goldenSample);
    const total = matrix.flat().reduce((a, b) => a + b);
    expect(total).toBe(golden.cases.length);
    const diagonal = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
    expect(diagonal / total).toBeCloseTo(accuracy(goldenSample), 12);
  });

  it('give an AUC of 1 for a perfect order, 0 for the reverse and 0.5 for ties', () => {
    const auc = (scores: readonly number[]): number =>
      malignancyAuc(sampleOf(scores.map((score, i) => labelled(score, i >= 3))));
    expect(auc([0.1, 0.2, 0.3, 0.4, 0.5])).toBe(1);
    expect(auc([0.5, 0.4, 0.3, 0.2, 0.1])).toBe(0);
    expect(auc([0.5, 0.5, 0.5, 0.5, 0.5])).toBe(0.5);
  });

  it('count a malignancy at the threshold as above it', () => {
    const sample = sampleOf([labelled(0.3, true), labelled(0.3, false), labelled(0.2, false)]);
    expect(sensitivity(0.3)(sample)).toBe(1);
    expect(specificity(0.3)(sample)).toBe(0.5);
  });

  it('bin all images, even if there are fewer images than bins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (scores) => {
          const bins = calibrationBins(sampleOf(scores.map((score) => labelled(score, score > 0.5))));
          expect(bins.reduce((sum, { pictures }) => sum + pictures, 0)).toBe(scores.length);
          expect(bins.length).toBe(Math.min(15, scores.length));
        },
      ),
    );
  });

  it('omit figures that the images do not define', () => {
    const onlyBenign = sampleOf([labelled(0.2, false), labelled(0.6, false)]);
    const { measured, operatingPoints, confusion } = figuresOf(
      onlyBenign,
      [{ name: 'referral', threshold: 0.5, default: true }],
      50,
    );
    expect(measured.map(({ name }) => name)).toEqual([
      'calibration error of malignancy (15 equal-mass bins)',
    ]);
    expect(operatingPoints[0]).not.toHaveProperty('sensitivity');
    expect(operatingPoints[0]).toMatchObject({
      specificity: { value: 0.5 },
      counts: { malignantAbove: 0, malignantBelow: 0, benignAbove: 1, benignBelow: 1 },
    });
    expect(confusion).toBeUndefined();
  });
});

describe('the intervals', () => {
  it('of a proportion are close to the normal approximation, and the same in every run', () => {
    const sample = sampleOf(
      Array.from({ length: 400 }, (_, i) => labelled(i % 4 === 0 ? 0.1 : 0.9, true, `${i}`)),
    );
    const [interval] = intervalsOf(sample, [sensitivity(0.5)]);
    expect(interval!.value).toBe(0.75);
    const reach = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    expect(Math.abs(interval!.low - (0.75 - reach))).toBeLessThan(0.006);
    expect(Math.abs(interval!.high - (0.75 + reach))).toBeLessThan(0.006);
    expect(intervalsOf(sample, [sensitivity(0.5)])[0]).toEqual(interval);
  });

  it('are wider if the images are of few lesions', () => {
    const width = (perLesion: number): number => {
      const cases = Array.from({ length: 400 }, (_, i) =>
        labelled(Math.floor(i / perLesion) % 4 === 0 ? 0.1 : 0.9, true, String(Math.floor(i / perLesion))),
      );
      const [interval] = intervalsOf(sampleOf(cases), [sensitivity(0.5)], 500);
      return interval!.high - interval!.low;
    };
    expect(width(10)).toBeGreaterThan(2.5 * width(1));
  });

  it('skip bootstrap samples without a malignant lesion', () => {
    const sample = sampleOf([labelled(0.9, true), labelled(0.1, false), labelled(0.2, false)]);
    const [auc] = intervalsOf(sample, [malignancyAuc], 200);
    expect(auc).toEqual({ value: 1, low: 1, high: 1 });
  });

  it('do not claim certainty if each of a few cancers was found', () => {
    const sample = sampleOf([
      ...Array.from({ length: 13 }, () => labelled(0.9, true)),
      ...Array.from({ length: 5 }, () => labelled(0.1, false)),
    ]);
    const point = { name: 'referral', threshold: 0.5, default: true };
    const [{ sensitivity: found, specificity: spared } = {}] = figuresOf(
      sample,
      [point],
      100,
    ).operatingPoints;
    expect(found).toEqual({
      value: 1,
      high: 1,
      low: expect.closeTo(wilsonInterval(13, 13).low, 9) as number,
    });
    expect(spared!.low).toBeLessThan(0.6);
  });

  it('of a count are Wilson intervals', () => {
    // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    expect(wilsonInterval(81, 263)).toEqual({
      low: expect.closeTo(0.2553, 4) as number,
      high: expect.closeTo(0.3662, 4) as number,
    });
    expect(wilsonInterval(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) as number });
  });
});

describe('the curves', () => {
  it('enclose the AUC under the ROC curve', () => {
    const points = rocOf(goldenSample);
    const area = points
      .slice(1)
      .reduce((sum, [x, y], i) => sum + ((x - points[i]![0]) * (y + points[i]![1])) / 2, 0);
    expect(area).toBeCloseTo(malignancyAuc(goldenSample), 12);
    expect([points[0], points.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('have the net benefit of the definition at every threshold', () => {
    const sample = sampleOf([
      labelled(0.9, true),
      labelled(0.4, true),
      labelled(0.5, false),
      labelled(0.1, false),
    ]);
    const [low, high] = decisionCurveOf(sample, [0.2, 0.6]);
    expect(low).toEqual({
      threshold: 0.2,
      model: expect.closeTo(2 / 4 - 0.25 / 4, 12) as number,
      all: expect.closeTo(2 / 4 - (2 / 4) * 0.25, 12) as number,
    });
    expect(high!.model).toBeCloseTo(1 / 4, 12);
    expect(high!.all).toBeCloseTo(2 / 4 - (2 / 4) * 1.5, 12);
  });

  it('have the observed fraction of every bin within its interval', () => {
    for (const { observed, low, high } of reliabilityOf(goldenSample)) {
      expect(low).toBeLessThan(observed + 1e-12);
      expect(high).toBeGreaterThan(observed - 1e-12);
    }
  });
});
