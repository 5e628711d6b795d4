import { KioskError } from '../../lib/errors.ts';
import { CLASS_IDS } from '../../protocol/classes.ts';
import { softmax } from './calibration.ts';
import type { SelfTest } from './card.ts';
import type { Engine } from '../engines/port.ts';
import type { Outputs } from './outputs.ts';

export interface ModelSelfTestReport {
  readonly vectors: number;
  /** Largest difference of any value from the training framework's. */
  readonly difference: number;
  readonly tolerance: number;
}

/**
 * Runs a bundle's vectors through an engine, one by one like images.
 *
 * @throws KioskError `model/none` if a value differs by more than the tolerance, or is NaN
 */
export async function runSelfTest(
  engine: Pick<Engine, 'name' | 'run'>,
  test: SelfTest,
): Promise<ModelSelfTestReport> {
  let worst = 0;
  for (const vector of test.vectors) {
    const outputs = await engine.run(new Uint8Array(Buffer.from(vector.image, 'base64')), 1);
    const difference = largestDifference(outputs, vector);
    // Written so that NaN fails: it is neither larger nor smaller than anything.
    if (!(difference <= test.tolerance)) {
      throw new KioskError(
        'model/none',
        `${engine.name} fails the self-test: vector “${vector.name}” differs by ${difference}, tolerance ${test.tolerance}`,
      );
    }
    worst = Math.max(worst, difference);
  }
  return { vectors: test.vectors.length, difference: worst, tolerance: test.tolerance };
}

/** Over all values that a vector has; NaN if one is NaN or missing. */
function largestDifference(
  { logits, features = new Float32Array([NaN]), mask = new Float32Array([NaN]) }: Outputs,
  { probabilities, lesionShare, featureNorm }: SelfTest['vectors'][number],
): number {
  const actual = softmax(logits);
  if (actual.length !== CLASS_IDS.length) return NaN;
  return Math.max(
    ...probabilities.map((value, i) => Math.abs(value - (actual[i] ?? NaN))),
    ...(lesionShare === undefined ? [] : [relative(mask.reduce(add, 0) / mask.length, lesionShare)]),
    ...(featureNorm === undefined ? [] : [relative(Math.hypot(...features), featureNorm)]),
  );
}

function relative(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
}

function add(a: number, b: number): number {
  return a + b;
}
