import { KioskError } from '../../lib/errors.ts';
import { CLASS_IDS } from '../../protocol/classes.ts';
import type { Card } from './card.ts';

/**
 * Outputs of one forward pass for `n` images, float32, one image after the other; the last three only if the card names
 * them.
 */
export interface Outputs {
  /** `n` × 7, in the order of `CLASS_IDS`. */
  readonly logits: Float32Array;
  /** `n` × h × h × 7, h = `maskSide(size)`: the contribution of each position to each class. */
  readonly map?: Float32Array;
  /** `n` × F: the pooled features. */
  readonly features?: Float32Array;
  /** `n` × h × h: probability of lesion at each point, 0–1. */
  readonly mask?: Float32Array;
}

export type OutputName = keyof Outputs;

const OUTPUT_NAMES: readonly OutputName[] = ['logits', 'map', 'features', 'mask'];

/** The output stride of the decoder. */
const MASK_STRIDE = 4;

/** Side of the lesion mask, and of the class activation map, for an input of this side. */
export function maskSide(size: number): number {
  return Math.ceil(size / MASK_STRIDE);
}

/** The outputs named in a card: what they are, and their names in the graph. */
export function namedOutputs(tensors: Card['tensors']): readonly (readonly [OutputName, string])[] {
  return OUTPUT_NAMES.flatMap((name) => {
    const tensor = tensors[name];
    return tensor === undefined ? [] : [[name, tensor] as const];
  });
}

/**
 * The outputs of a graph, each checked against the card.
 *
 * @param read the values of the tensor of this name, in the order of its axes
 * @throws KioskError `inference/failed` that names the tensor that is missing, not float32, or of another length
 */
export function outputsFrom(
  { input, tensors }: Pick<Card, 'input' | 'tensors'>,
  n: number,
  read: (tensor: string) => unknown,
): Outputs {
  const values = namedOutputs(tensors).map(([name, tensor]) => {
    const data = read(tensor);
    if (data instanceof Float32Array && fits(name, data.length / n, input.size)) return [name, data] as const;
    throw new KioskError(
      'inference/failed',
      `the graph’s output “${tensor}” is not valid for the card’s ${name}`,
    );
  });
  return Object.fromEntries(values) as unknown as Outputs;
}

/** Whether this many values per image are valid for the output. The length of the features is up to the network. */
function fits(name: OutputName, each: number, size: number): boolean {
  switch (name) {
    case 'logits':
      return each === CLASS_IDS.length;
    case 'map':
      return each === maskSide(size) ** 2 * CLASS_IDS.length;
    case 'features':
      return Number.isInteger(each) && each > 0;
    case 'mask':
      return each === maskSide(size) ** 2;
  }
}
