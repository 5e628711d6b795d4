import { describe, expect, it } from 'vitest';
import { aboutOf } from '../../src/app/about.ts';
import { exampleCard } from '../support/bundle.ts';
import { FAKE_MODEL } from '../fakes/classifier.ts';
import { FakeView } from '../fakes/server-parts.ts';

const view = new FakeView().current();

/** A card with every optional field. */
const FULL = exampleCard({
  tensors: { image: 'image', logits: 'logits', map: 'map', features: 'features', mask: 'mask' },
  views: 4,
  calibration: {
    temperature: 1.25,
    classBias: [0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17],
    malignancy: { slope: 0.72, intercept: -0.16 },
    differential: { classBias: [0.21, 0.22, 0.23, 0.24, 0.25, 0.26, 0.27] },
  },
  confounders: ['hair misleads', 'ink misleads'],
  thresholdsSet: '2026-02-03T04:05:06Z',
  presence: { evidence: 0.93, share: 0.026 },
  likeness: { file: 'likeness.bin', components: 64, features: 1280, limit: 3536.4 },
  conformal: { coverage: 0.95, minProbability: 0.034, maxSize: 2 },
  drift: {
    on: 'fold 4',
    malignancyDeciles: [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09],
    withheld: 0.081,
    gate: 0.012,
  },
  files: { 'model.onnx': 'a'.repeat(64) },
});

/** Every number and string of a value, at any depth. */
function leaves(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).flatMap(leaves);
}

describe('the description of the kiosk', () => {
  it('contains everything in the card, including every number', () => {
    const about = aboutOf({ state: 'ready', model: { ...FAKE_MODEL, card: FULL } }, view);
    const text = JSON.stringify(about);
    const { schema, classes, tensors, ...fields } = FULL;
    expect([schema, classes.length, Object.keys(tensors).length]).toEqual([1, 7, 5]);
    // The number of features follows from the graph, and the file is listed among the files if there is one.
    const { features, file, ...likeness } = fields.likeness!;
    expect([features, file]).toEqual([1280, 'likeness.bin']);
    for (const leaf of leaves({ ...fields, likeness })) expect(text).toContain(leaf);
  });

  it('has no rule that is not in the card', () => {
    const about = aboutOf({ state: 'ready', model: FAKE_MODEL }, view);
    expect(about.model?.rules.map(({ name }) => name)).toEqual([
      ...['Input', 'Preprocessing', 'Views averaged', 'Temperature'],
    ]);
  });

  it('has no confounders and no threshold date if the card has none', () => {
    const { model } = aboutOf({ state: 'ready', model: FAKE_MODEL }, view);
    expect(model?.confounders).toEqual([]);
    expect(model).not.toHaveProperty('thresholdsSet');
  });

  it('reports that there is no model if none is available', () => {
    expect(aboutOf({ state: 'none', reason: 'wrong hash' }, view)).toMatchObject({
      model: null,
      program: { licence: 'Apache-2.0' },
      view: { camera: view.camera },
    });
  });
});
