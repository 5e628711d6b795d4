import { CLASS_IDS } from '../../protocol/classes.ts';
import { addTurnedBack, POSITIONS, turn } from '../../vision/dihedral.ts';
import { maskSide, type Outputs } from './outputs.ts';

/**
 * The views of an image that the network sees in one call: the first `count` of `POSITIONS`.
 *
 * @param input uint8, size × size × 3
 * @param count 1–8
 * @returns uint8, count × size × size × 3
 */
export function ttaViews(input: Uint8Array, size: number, count: number): Uint8Array {
  const views = new Uint8Array(count * input.length);
  for (const [i, position] of POSITIONS.slice(0, count).entries()) {
    turn(input, views.subarray(i * input.length), { side: size, channels: 3 }, position);
  }
  return views;
}

/**
 * The network's output for one image: the mean over its views, with mask and map transformed back to the image's
 * orientation.
 *
 * @param outputs of `ttaViews` with the same `size` and `count`
 * @see K. Matsunaga et al., "Image Classification of Melanoma, Nevus and Seborrheic Keratosis by Deep Neural Network
 *   Ensemble", 2017 (geometric transformations at test time)
 */
export function averaged({ logits, map, features, mask }: Outputs, size: number, count: number): Outputs {
  return {
    logits: mean(logits, count),
    ...(map === undefined ? {} : { map: meanTurnedBack(map, maskSide(size), CLASS_IDS.length, count) }),
    ...(features === undefined ? {} : { features: mean(features, count) }),
    ...(mask === undefined ? {} : { mask: meanTurnedBack(mask, maskSide(size), 1, count) }),
  };
}

/** @param values count × length, one view after the other */
function mean(values: Float32Array, count: number): Float32Array {
  const length = values.length / count;
  return Float32Array.from({ length }, (_, i) => {
    let sum = 0;
    for (let at = i; at < values.length; at += length) sum += values[at] ?? NaN;
    return sum / count;
  });
}

/** @param values count × side × side × channels, one view after the other */
function meanTurnedBack(values: Float32Array, side: number, channels: number, count: number): Float32Array {
  const length = side * side * channels;
  const sum = new Float32Array(length);
  for (const [i, position] of POSITIONS.slice(0, count).entries()) {
    const view = values.subarray(i * length, (i + 1) * length);
    addTurnedBack(view, sum, { side, channels }, position, 1 / count);
  }
  return sum;
}
