import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Package, SavedModel, Tensor } from '@tensorflow/tfjs-node';
import { describe, KioskError } from '../../lib/errors.ts';
import type { Bundle } from '../model/bundle.ts';
import type { Engine } from './port.ts';
import { namedOutputs, outputsFrom, type Outputs } from '../model/outputs.ts';

// Not an import: if the native library cannot be loaded, Node 20 would reject a second promise, which nobody can catch,
// and end the process that is about to try the other engine.
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as Package;

const TAGS = ['serve'];
const SIGNATURE = 'serving_default';

/**
 * TensorFlow through its C library: the frozen graph in one native call, not layer by layer. The call blocks this
 * thread, so the engine belongs in the inference process.
 */
export class TfjsNodeEngine implements Engine {
  readonly name = 'tfjs-node';
  readonly #model: SavedModel;
  readonly #card: Bundle['card'];

  constructor(model: SavedModel, card: Bundle['card']) {
    this.#model = model;
    this.#card = card;
  }

  /** The binding computes all outputs of the signature; only those named in the card are copied. */
  async run(images: Uint8Array, n: number): Promise<Outputs> {
    const { input, tensors } = this.#card;
    // tfjs has no uint8; it converts int32 to the uint8 of the signature by itself, but only based on the signature's
    // type.
    const image = tf.tensor4d(Int32Array.from(images), [n, input.size, input.size, 3], 'int32');
    let given: Record<string, Tensor> = {};
    try {
      given = this.#model.predict({ [tensors.image]: image });
      const data = new Map<string, unknown>();
      for (const [, tensor] of namedOutputs(tensors)) data.set(tensor, await given[tensor]?.data());
      return outputsFrom(this.#card, n, (tensor) => data.get(tensor));
    } finally {
      image.dispose();
      for (const output of Object.values(given)) output.dispose();
    }
  }

  tensorCount(): number {
    return tf.memory().numTensors;
  }

  dispose(): Promise<void> {
    this.#model.dispose();
    return Promise.resolve();
  }
}

/** @throws KioskError `engine/unavailable` */
export async function loadEngine({ dir, card }: Bundle): Promise<TfjsNodeEngine> {
  const path = join(dir, 'saved_model');
  try {
    await requireTensors(path, card.tensors);
    return new TfjsNodeEngine(await tf.node.loadSavedModel(path, TAGS, SIGNATURE), card);
  } catch (error) {
    throw new KioskError('engine/unavailable', `the saved model cannot be loaded: ${describe(error)}`);
  }
}

/** Checked before the first image, so that a card that does not match its graph fails at start. */
async function requireTensors(path: string, tensors: Bundle['card']['tensors']): Promise<void> {
  const graphs = await tf.node.getMetaGraphsFromSavedModel(path);
  const signature = graphs.find(({ tags }) => tags.includes('serve'))?.signatureDefs[SIGNATURE];
  if (signature?.inputs[tensors.image]?.tfDtype !== 'DT_UINT8')
    throw new Error(`it has no uint8 input “${tensors.image}”`);
  for (const [, tensor] of namedOutputs(tensors)) {
    if (signature.outputs[tensor]?.tfDtype !== 'DT_FLOAT')
      throw new Error(`it has no float output “${tensor}”`);
  }
}
