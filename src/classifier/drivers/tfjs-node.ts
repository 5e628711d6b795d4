import { join } from 'node:path';
import tf, { type SavedModel, type Tensor } from '@tensorflow/tfjs-node';
import { describe, KioskError } from '../../lib/errors.ts';
import { CLASS_IDS } from '../../protocol/classes.ts';
import type { Bundle } from '../bundle.ts';
import type { Engine } from '../engine.ts';

const TAGS = ['serve'];
const SIGNATURE = 'serving_default';

/**
 * TensorFlow through its C library: the frozen graph in one native call, not layer by layer. The call blocks this thread, so the
 * engine belongs in the inference process.
 */
export class TfjsNodeEngine implements Engine {
  readonly name = 'tfjs-node';
  readonly #model: SavedModel;
  readonly #size: number;
  readonly #names: { readonly image: string; readonly logits: string };

  constructor(model: SavedModel, { input, tensors }: Bundle['card']) {
    this.#model = model;
    this.#size = input.size;
    this.#names = tensors;
  }

  async logits(images: Uint8Array, n: number): Promise<Float32Array> {
    // tfjs knows no uint8; it turns int32 into the uint8 that the signature asks for by itself, but only from the signature's type.
    const image = tf.tensor4d(Int32Array.from(images), [n, this.#size, this.#size, 3], 'int32');
    let outputs: Record<string, Tensor> = {};
    try {
      outputs = this.#model.predict({ [this.#names.image]: image });
      const logits = await outputs[this.#names.logits]?.data();
      if (logits instanceof Float32Array && logits.length === n * CLASS_IDS.length) return logits;
      throw new KioskError('inference/failed', 'the graph did not give seven numbers for each picture');
    } finally {
      image.dispose();
      for (const output of Object.values(outputs)) output.dispose();
    }
  }

  /** Tensors alive in the whole backend; does not grow from call to call. */
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
    throw new KioskError('engine/unavailable', `the saved model does not load: ${describe(error)}`);
  }
}

/** Asked before the first picture, so that a card that does not fit its graph is a fault at start. */
async function requireTensors(path: string, { image, logits }: Bundle['card']['tensors']): Promise<void> {
  const graphs = await tf.node.getMetaGraphsFromSavedModel(path);
  const signature = graphs.find(({ tags }) => tags.includes('serve'))?.signatureDefs[SIGNATURE];
  if (signature?.inputs[image]?.tfDtype !== 'DT_UINT8') throw new Error(`it has no uint8 input “${image}”`);
  if (signature.outputs[logits]?.tfDtype !== 'DT_FLOAT')
    throw new Error(`it has no float output “${logits}”`);
}
