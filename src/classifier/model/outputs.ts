import { KioskError } from '../../lib/errors.ts';
import { CLASS_IDS } from '../../protocol/classes.ts';
import type { Card } from './card.ts';

/** What one forward pass gives for `n` pictures, float32, one picture after the other; the three others where the card names them. */
export interface Outputs {
  /** `n` × 7, in the order of `CLASS_IDS`. */
  readonly logits: Float32Array;
  /** `n` × h × h × 7, h = `maskSide(size)`: what each place of the picture adds to each class. */
  readonly map?: Float32Array;
  /** `n` × F: the pooled features. */
  readonly features?: Float32Array;
  /** `n` × h × h: probability of lesion at each point, 0–1. */
  readonly mask?: Float32Array;
}

export type OutputName = keyof Outputs;

const OUTPUT_NAMES: readonly OutputName[] = ['logits', 'map', 'features', 'mask'];

/** The stride on which the decoder ends. */
const MASK_STRIDE = 4;

/** Side of the lesion mask, and of the class activation map, for an input of this side. */
export function maskSide(size: number): number {
  return Math.ceil(size / MASK_STRIDE);
}

/** The graph's outputs that a card names: by what they are, and what the graph calls them. */
export function namedOutputs(tensors: Card['tensors']): readonly (readonly [OutputName, string])[] {
  return OUTPUT_NAMES.flatMap((name) => {
    const tensor = tensors[name];
    return tensor === undefined ? [] : [[name, tensor] as const];
  });
}

/**
 * The outputs of a graph, each checked against what the card says of it.
 *
 * @param read the values of the tensor of this name, in the order of its axes
 * @throws KioskError `inference/failed` that names the tensor which is missing, no float32, or of another length
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

/** Whether so many numbers a picture are what this output has. The length of the features is the network's own affair. */
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
