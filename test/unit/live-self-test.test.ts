import { describe, expect, it } from 'vitest';
import type { Outputs } from '../../src/classifier/model/outputs.ts';
import { runSelfTest } from '../../src/classifier/model/self-test.ts';
import { exampleSelfTest } from '../support/bundle.ts';

/** An engine that returns the same outputs for every image. */
function engineOf(logits: readonly number[], more: Omit<Outputs, 'logits'> = {}) {
  const outputs = { logits: Float32Array.from(logits), ...more };
  return { name: 'onnxruntime' as const, run: () => Promise.resolve(outputs) };
}

const EVEN = [0, 0, 0, 0, 0, 0, 0];

describe('the self-test', () => {
  const test = exampleSelfTest();

  it('passes an engine with the outputs of the training framework, and reports the difference', async () => {
    const report = await runSelfTest(engineOf(EVEN), test);
    expect(report).toMatchObject({ vectors: 1, tolerance: 1e-3 });
    expect(report.difference).toBeLessThan(1e-9);
  });

  it('passes if the difference is within the tolerance', async () => {
    const report = await runSelfTest(engineOf([0.001, 0, 0, 0, 0, 0, 0]), test);
    expect(report.difference).toBeGreaterThan(1e-5);
  });

  it.each([
    { what: 'a probability that is off by more than the tolerance', logits: [0.1, 0, 0, 0, 0, 0, 0] },
    { what: 'a value that is not a number', logits: [NaN, 0, 0, 0, 0, 0, 0] },
    { what: 'a missing class', logits: [0, 0, 0, 0, 0, 0] },
  ])('fails $what', async ({ logits }) => {
    await expect(runSelfTest(engineOf(logits), test)).rejects.toMatchObject({
      code: 'model/none',
      message: expect.stringContaining('vector “grey”') as string,
    });
  });

  describe('of a network with a mask and features', () => {
    const [grey] = test.vectors;
    const vectors = [{ ...grey!, lesionShare: 0.25, featureNorm: 50 }];
    const mask = Float32Array.from([1, 0, 0, 0]);
    const features = Float32Array.from([30, 40]);

    it('passes if their mean and norm are correct', async () => {
      const report = await runSelfTest(engineOf(EVEN, { mask, features }), { ...test, vectors });
      expect(report.difference).toBeLessThan(1e-6);
    });

    it('measures the norm relative to its size', async () => {
      const near = Float32Array.from([30, 40.02]);
      const report = await runSelfTest(engineOf(EVEN, { mask, features: near }), { ...test, vectors });
      expect(report.difference).toBeCloseTo(0.016 / 50, 5);
    });

    it.each([
      { what: 'another mask', outputs: { mask: Float32Array.from([1, 1, 0, 0]), features } },
      { what: 'other features', outputs: { mask, features: Float32Array.from([40, 40]) } },
      { what: 'a missing mask', outputs: { features } },
      { what: 'features that are not numbers', outputs: { mask, features: Float32Array.from([NaN, 1]) } },
    ])('fails $what', async ({ outputs }) => {
      await expect(runSelfTest(engineOf(EVEN, outputs), { ...test, vectors })).rejects.toMatchObject({
        code: 'model/none',
      });
    });
  });
});
