import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle } from '../../src/classifier/bundle.ts';
import type { Engine } from '../../src/classifier/engine.ts';
import { runSelfTest } from '../../src/classifier/self-test.ts';
import { softmax } from '../../src/classifier/verdict.ts';
import { CLASS_IDS } from '../../src/protocol/classes.ts';

/** Largest allowed difference of any probability between engines, or from the training framework. */
export const TOLERANCE = 1e-3;

/** Pictures of the network's own size with something in them, the same at every run. */
export function patterns(size: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, k) =>
    Uint8Array.from({ length: size * size * 3 }, (__, i) => (i * (k + 3) + ((i * i) >> (k + 4))) % 256),
  );
}

/** What every engine must do with a bundle it can load. */
export function engineContract(load: () => Promise<{ engine: Engine; bundle: Bundle }>): void {
  let engine: Engine;
  let bundle: Bundle;

  beforeAll(async () => {
    ({ engine, bundle } = await load());
  });

  afterAll(async () => {
    await engine.dispose();
  });

  it('gives what the training framework gave for the self-test vectors', async () => {
    const report = await runSelfTest(engine, bundle.selfTest);
    expect(report.vectors).toBe(bundle.selfTest.vectors.length);
    expect(report.difference).toBeLessThanOrEqual(Math.min(TOLERANCE, bundle.selfTest.tolerance));
  });

  it('gives seven finite logits for a picture', async () => {
    const [picture] = patterns(bundle.card.input.size, 1);
    const logits = await engine.logits(picture!, 1);
    expect(logits).toBeInstanceOf(Float32Array);
    expect(logits).toHaveLength(CLASS_IDS.length);
    expect([...logits].every(Number.isFinite)).toBe(true);
  });

  it('gives the same for pictures together as one by one, in their order', async () => {
    const pictures = patterns(bundle.card.input.size, 3);
    const together = await engine.logits(Uint8Array.from(pictures.flatMap((picture) => [...picture])), 3);
    for (const [k, picture] of pictures.entries()) {
      const alone = softmax(await engine.logits(picture, 1));
      const part = softmax(together.subarray(k * CLASS_IDS.length, (k + 1) * CLASS_IDS.length));
      for (const [i, share] of alone.entries()) expect(part[i]).toBeCloseTo(share, 5);
    }
  });

  it('tells pictures apart', async () => {
    const [a, b] = patterns(bundle.card.input.size, 2);
    const first = softmax(await engine.logits(a!, 1));
    const second = softmax(await engine.logits(b!, 1));
    expect(Math.max(...first.map((share, i) => Math.abs(share - second[i]!)))).toBeGreaterThan(TOLERANCE);
  });

  it('gives the same for a picture each time', async () => {
    const [picture] = patterns(bundle.card.input.size, 1);
    expect(await engine.logits(picture!, 1)).toEqual(await engine.logits(picture!, 1));
  });

  it('keeps its answers apart: a later one does not change an earlier one', async () => {
    const [a, b] = patterns(bundle.card.input.size, 2);
    const first = await engine.logits(a!, 1);
    const copy = Float32Array.from(first);
    await engine.logits(b!, 1);
    expect(first).toEqual(copy);
  });
}
