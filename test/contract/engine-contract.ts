import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle } from '../../src/classifier/model/bundle.ts';
import { softmax } from '../../src/classifier/model/calibration.ts';
import type { Engine } from '../../src/classifier/engines/port.ts';
import { maskSide, namedOutputs, type Outputs } from '../../src/classifier/model/outputs.ts';
import { runSelfTest } from '../../src/classifier/model/self-test.ts';
import { averaged, ttaViews } from '../../src/classifier/model/tta.ts';
import { CLASS_IDS } from '../../src/protocol/classes.ts';

/** Largest allowed difference of any probability between engines, or from the training framework. */
export const TOLERANCE = 1e-3;

/** Patterned images of the network's input size, the same in every run. */
export function patterns(size: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, k) =>
    Uint8Array.from({ length: size * size * 3 }, (__, i) => (i * (k + 3) + ((i * i) >> (k + 4))) % 256),
  );
}

/** The contract of every engine with a bundle that it can load. */
export function engineContract(load: () => Promise<{ engine: Engine; bundle: Bundle }>): void {
  let engine: Engine;
  let bundle: Bundle;

  beforeAll(async () => {
    ({ engine, bundle } = await load());
  });

  afterAll(async () => {
    await engine.dispose();
  });

  it('reproduces the self-test vectors of the training framework', async () => {
    const report = await runSelfTest(engine, bundle.selfTest);
    expect(report.vectors).toBe(bundle.selfTest.vectors.length);
    expect(report.difference).toBeLessThanOrEqual(Math.min(TOLERANCE, bundle.selfTest.tolerance));
  });

  it('returns exactly the outputs named by the card, all finite', async () => {
    const { input, tensors } = bundle.card;
    const [image] = patterns(input.size, 1);
    const outputs = await engine.run(image!, 1);
    expect(Object.keys(outputs)).toEqual(namedOutputs(tensors).map(([name]) => name));
    for (const values of Object.values(outputs) as Float32Array[]) {
      expect(values).toBeInstanceOf(Float32Array);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(outputs.logits).toHaveLength(CLASS_IDS.length);
    if (outputs.map) expect(outputs.map).toHaveLength(maskSide(input.size) ** 2 * CLASS_IDS.length);
    if (outputs.mask) expect(outputs.mask).toHaveLength(maskSide(input.size) ** 2);
    if (bundle.ood) expect(outputs.features).toHaveLength(bundle.ood.mean.length);
  });

  it('returns the same for a batch of images as one by one, in order', async () => {
    const images = patterns(bundle.card.input.size, 3);
    const together = await engine.run(joined(images), 3);
    for (const [k, image] of images.entries()) {
      const alone = await engine.run(image, 1);
      expectNear(part(together, k, 3), alone);
    }
  });

  it('returns for a batch of eight views the mean of the single views', async () => {
    const { size } = bundle.card.input;
    const [image] = patterns(size, 1);
    const views = ttaViews(image!, size, 8);
    const each: Outputs[] = [];
    for (let k = 0; k < 8; k += 1) {
      each.push(await engine.run(views.slice(k * image!.length, (k + 1) * image!.length), 1));
    }
    const { logits } = averaged(await engine.run(views, 8), size, 8);
    const mean = logits.map((_, i) => each.reduce((sum, one) => sum + one.logits[i]! / 8, 0));
    for (const [i, value] of mean.entries()) expect(logits[i]).toBeCloseTo(value, 3);
  });

  it('distinguishes images', async () => {
    const [a, b] = patterns(bundle.card.input.size, 2);
    const first = softmax((await engine.run(a!, 1)).logits);
    const second = softmax((await engine.run(b!, 1)).logits);
    expect(Math.max(...first.map((share, i) => Math.abs(share - second[i]!)))).toBeGreaterThan(TOLERANCE);
  });

  it('is deterministic for an image', async () => {
    const [image] = patterns(bundle.card.input.size, 1);
    expect(await engine.run(image!, 1)).toEqual(await engine.run(image!, 1));
  });

  it('does not change earlier outputs by later ones', async () => {
    const [a, b] = patterns(bundle.card.input.size, 2);
    const first = await engine.run(a!, 1);
    const copy = structuredClone(first);
    await engine.run(b!, 1);
    expect(first).toEqual(copy);
  });
}

export function joined(images: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(images.flatMap((image) => [...image]));
}

/** The outputs for the `k`-th of `n` images. */
function part(outputs: Outputs, k: number, n: number): Outputs {
  const entries = Object.entries(outputs) as [string, Float32Array][];
  return Object.fromEntries(
    entries.map(([name, values]) => {
      const each = values.length / n;
      return [name, values.subarray(k * each, (k + 1) * each)];
    }),
  ) as unknown as Outputs;
}

/** Close in every value; relative for values larger than 1. */
export function expectNear(actual: Outputs, expected: Outputs, tolerance = TOLERANCE): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const name of Object.keys(expected) as (keyof Outputs)[]) {
    const differences = Array.from(
      expected[name]!,
      (value, i) => Math.abs(value - actual[name]![i]!) / Math.max(1, Math.abs(value)),
    );
    expect(Math.max(...differences), name).toBeLessThan(tolerance);
  }
}
