import { describe, expect, it } from 'vitest';
import { lesionEvidenceOf } from '../../src/classifier/model/lesion-evidence.ts';
import { modelScoresOf } from '../../src/classifier/model/model-scores.ts';
import { exampleCard } from '../support/bundle.ts';

const card = exampleCard();
const logits = new Float32Array(7);
const likeness = {
  mean: Float32Array.from([0, 0]),
  eigenvalues: Float32Array.from([1]),
  residualVariance: 1,
  components: Float32Array.from([1, 0]),
};

/** A mask of 100 points of which the first `count` have `value`, the others 0. */
function maskWith(count: number, value: number): Float32Array {
  return new Float32Array(100).fill(value, 0, count);
}

describe('the lesion in a mask', () => {
  it('is zero if the mask is empty', () => {
    expect(lesionEvidenceOf(new Float32Array(100))).toEqual({ evidence: 0, share: 0 });
  });

  it('has the mean of the largest fiftieth as evidence', () => {
    expect(lesionEvidenceOf(maskWith(2, 0.75)).evidence).toBeCloseTo(0.75, 6);
    expect(lesionEvidenceOf(maskWith(1, 0.75)).evidence).toBeCloseTo(0.375, 6);
    expect(lesionEvidenceOf(maskWith(60, 0.75)).evidence).toBeCloseTo(0.75, 6);
  });

  it('has the fraction of values of at least one half as its area', () => {
    expect(lesionEvidenceOf(maskWith(30, 0.5)).share).toBe(0.3);
    expect(lesionEvidenceOf(maskWith(30, 0.49)).share).toBe(0);
  });

  it('does not depend on where the values are, and does not change the mask', () => {
    const mask = Float32Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) / 100);
    const copy = Float32Array.from(mask);
    expect(lesionEvidenceOf(mask)).toEqual(lesionEvidenceOf(mask.toSorted()));
    expect(mask).toEqual(copy);
  });
});

describe('the model scores of an image', () => {
  it('contain the outputs of the network', () => {
    const scores = modelScoresOf(
      { logits, mask: maskWith(10, 1), features: new Float32Array(2) },
      card,
      likeness,
    );
    expect(scores.lesion).toEqual({ evidence: 1, share: 0.1, distance: 0 });
    expect(scores.scores!.malignancy).toBeCloseTo(3 / 7, 6);
    expect(modelScoresOf({ logits }, card, undefined).lesion).toEqual({});
  });

  it('omit values that are not finite', () => {
    const broken = {
      logits: logits.with(2, NaN),
      mask: maskWith(10, 1).with(50, NaN),
      features: Float32Array.from([NaN, 0]),
    };
    expect(modelScoresOf(broken, card, likeness)).toEqual({ lesion: {} });
  });
});
