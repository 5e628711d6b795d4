import type { Image } from '../../vision/image.ts';
import { encode } from '../../vision/jpeg.ts';
import { measureLesion } from '../../vision/lesion-quality.ts';
import { workingSquareOf } from '../../vision/quality.ts';
import { scoresOf } from '../model/calibration.ts';
import type { Card } from '../model/card.ts';
import { explanationOf } from '../decision/explanation.ts';
import { maskSide, type Outputs } from '../model/outputs.ts';
import type { Loaded } from './load.ts';
import { assess, classify } from './pipeline.ts';

/** Size of a camera's frame, pixels. */
const WIDTH = 960;
const HEIGHT = 720;

const RUNS = 3;

/**
 * Runs a few noise images through the whole pipeline, so that the first press does not pay for compilation: a first run
 * takes several times as long as the tenth.
 */
export async function warmUp(loaded: Loaded): Promise<void> {
  const image = { width: WIDTH, height: HEIGHT, data: noise(WIDTH * HEIGHT * 3) };
  const picture = await encode(image, 90);
  for (let i = 0; i < RUNS; i += 1) {
    await assess([picture]);
    await classify(picture, loaded);
    explainLesion(image, loaded.model.card);
  }
}

/** A network may find no lesion in noise; without a result the explanation code would stay cold. */
function explainLesion(image: Image, { input, tensors, calibration }: Card): void {
  const outputs = {
    logits: new Float32Array(7),
    ...(tensors.map === undefined ? {} : { map: new Float32Array(maskSide(input.size) ** 2 * 7).fill(1) }),
    ...(tensors.mask === undefined ? {} : { mask: disc(maskSide(input.size)) }),
  } satisfies Outputs;
  if (outputs.mask !== undefined) measureLesion(workingSquareOf(image), outputs.mask);
  const scores = scoresOf(outputs.logits, { calibration });
  if (scores === undefined) return;
  const result = { outcome: 'result', threshold: 0, statement: 'above', ...scores } as const;
  explanationOf(image, outputs, { calibration }, result);
}

/** A mask with a lesion of half the width in the centre. */
function disc(side: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const distance = Math.hypot((i % side) + 0.5 - side / 2, Math.floor(i / side) + 0.5 - side / 2);
    return distance < side / 4 ? 1 : 0;
  });
}

/** Deterministic (Numerical Recipes' linear congruential generator). */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
