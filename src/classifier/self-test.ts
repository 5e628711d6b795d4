import { KioskError } from '../lib/errors.ts';
import { CLASS_IDS } from '../protocol/classes.ts';
import type { SelfTest } from './card.ts';
import type { Engine } from './engine.ts';
import { softmax } from './verdict.ts';

export interface SelfTestReport {
  readonly vectors: number;
  /** Largest difference of any probability from the training framework's. */
  readonly difference: number;
  readonly tolerance: number;
}

/**
 * Runs a bundle's vectors through an engine, one by one as pictures are run.
 *
 * @throws KioskError `model/none` when a probability is off by more than the tolerance, or is no number
 */
export async function runSelfTest(
  engine: Pick<Engine, 'name' | 'logits'>,
  test: SelfTest,
): Promise<SelfTestReport> {
  let worst = 0;
  for (const { name, image, probabilities } of test.vectors) {
    const actual = softmax(await engine.logits(new Uint8Array(Buffer.from(image, 'base64')), 1));
    const difference = largestDifference(actual, probabilities);
    // Written so that NaN fails: it is neither larger nor smaller than anything.
    if (!(difference <= test.tolerance)) {
      throw new KioskError(
        'model/none',
        `${engine.name} fails the self-test: vector “${name}” differs by ${difference}, allowed are ${test.tolerance}`,
      );
    }
    worst = Math.max(worst, difference);
  }
  return { vectors: test.vectors.length, difference: worst, tolerance: test.tolerance };
}

/** NaN when any value is not a number or one is missing. */
function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== CLASS_IDS.length) return NaN;
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual[i] ?? NaN))));
}
