import { describe, expect, it } from 'vitest';
import { runSelfTest } from '../../src/classifier/self-test.ts';
import { exampleSelfTest } from '../fakes/bundle.ts';

/** An engine that gives the same logits for every picture. */
function engineOf(logits: readonly number[]) {
  return { name: 'onnxruntime' as const, logits: () => Promise.resolve(Float32Array.from(logits)) };
}

describe('the self-test', () => {
  const test = exampleSelfTest();

  it('passes an engine that gives what the training framework gave, and says how near', async () => {
    const report = await runSelfTest(engineOf([0, 0, 0, 0, 0, 0, 0]), test);
    expect(report).toMatchObject({ vectors: 1, tolerance: 1e-3 });
    expect(report.difference).toBeLessThan(1e-9);
  });

  it('lets a difference within the tolerance pass', async () => {
    const report = await runSelfTest(engineOf([0.001, 0, 0, 0, 0, 0, 0]), test);
    expect(report.difference).toBeGreaterThan(1e-5);
  });

  it.each([
    { what: 'a probability that is off by more than the tolerance', logits: [0.1, 0, 0, 0, 0, 0, 0] },
    { what: 'a number that is none', logits: [NaN, 0, 0, 0, 0, 0, 0] },
    { what: 'a missing class', logits: [0, 0, 0, 0, 0, 0] },
  ])('fails $what', async ({ logits }) => {
    await expect(runSelfTest(engineOf(logits), test)).rejects.toMatchObject({
      code: 'model/none',
      message: expect.stringContaining('vector “grey”') as string,
    });
  });
});
