import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../src/classifier/decision/explanation.ts';
import { modelScoresOf } from '../../src/classifier/model/model-scores.ts';
import { decide, type Verdict } from '../../src/classifier/decision/verdict.ts';
import { WITHHELD_REASONS, type WithheldReason } from '../../src/protocol/reasons.ts';
import { exampleCard } from '../support/bundle.ts';

const card = exampleCard();
const SIDE = 16;
const [width, height] = [64, 48];

/** Skin with a dark disc in the middle of its centre square, and the outputs of a network for it. */
const image = {
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return Math.hypot(x - 32, y - 24) < 12 ? 70 : 200;
  }),
};
const mask = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
  const distance = Math.hypot((i % SIDE) - 7.5, Math.floor(i / SIDE) - 7.5);
  return 1 / (1 + Math.exp((distance - 4) * 2));
});
const outputs = {
  logits: Float32Array.from([0, 0, 0, 0, 4, 0, 0]),
  map: Float32Array.from({ length: 4 * 7 }, (_, i) => (i === 4 ? 5 : 0)),
  mask,
};
const result = decide(modelScoresOf(outputs, card, undefined), card);

describe('the explanation of a result', () => {
  it('consists of the outline of the lesion, the heat map and the ABCD features', () => {
    const { outline, heat, hints } = explanationOf(image, outputs, card, result);
    const radii = outline!.map(([x, y]) => Math.hypot(x - 0.5, y - 0.5));
    for (const radius of radii) expect(radius).toBeCloseTo(0.25, 1);
    expect(heat).toEqual({ side: 2, values: [255, 0, 0, 0] });
    expect(hints).toMatchObject({ share: expect.closeTo(Math.PI / 16, 1) as number });
    expect(hints).not.toHaveProperty('diameterMm');
  });

  it('includes the diameter if the optics are calibrated', () => {
    const { hints } = explanationOf(image, outputs, card, result, 0.1);
    expect(hints!.diameterMm).toBeCloseTo(0.5 * image.height * 0.1, 1);
  });

  it('contains only what the outputs of the network allow', () => {
    const { logits, map } = outputs;
    expect(explanationOf(image, { logits }, card, result)).toEqual({});
    expect(Object.keys(explanationOf(image, { logits, map }, card, result))).toEqual(['heat']);
    expect(explanationOf(image, { logits, mask: new Float32Array(SIDE * SIDE) }, card, result)).toEqual({});
  });
});

describe('the explanation of a withheld result', () => {
  const withheld = (reason: WithheldReason): Verdict => ({ outcome: 'withheld', reason });

  it.each(Object.keys(WITHHELD_REASONS) as WithheldReason[])(
    'has no heat map and no ABCD features: %s',
    (reason) => {
      const explanation = explanationOf(image, outputs, card, withheld(reason));
      expect(explanation).not.toHaveProperty('heat');
      expect(explanation).not.toHaveProperty('hints');
    },
  );

  it('is the outline if there is a lesion', () => {
    expect(Object.keys(explanationOf(image, outputs, card, withheld('unsure')))).toEqual(['outline']);
    expect(Object.keys(explanationOf(image, outputs, card, withheld('unlike-training')))).toEqual([
      'outline',
    ]);
    expect(explanationOf(image, outputs, card, withheld('not-finite'))).toEqual({});
  });
});
