import { encode } from '../../vision/jpeg.ts';
import type { Loaded } from './load.ts';
import { assess, classify } from './pipeline.ts';

/** Size of a camera's frame, pixels. */
const WIDTH = 960;
const HEIGHT = 720;

const RUNS = 3;

/**
 * A few pictures of noise through the whole path, so that the first press does not pay for compiling it: a first run takes several
 * times as long as the tenth.
 */
export async function warmUp(loaded: Loaded): Promise<void> {
  const picture = await encode({ width: WIDTH, height: HEIGHT, data: noise(WIDTH * HEIGHT * 3) }, 90);
  for (let i = 0; i < RUNS; i += 1) {
    await assess([picture]);
    await classify(picture, loaded);
  }
}

/** The same at every start (Numerical Recipes' linear congruential generator). */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
