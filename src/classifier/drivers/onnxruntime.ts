import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, KioskError } from '../../lib/errors.ts';
import { CLASS_IDS } from '../../protocol/classes.ts';
import type { Bundle } from '../bundle.ts';
import type { Engine } from '../engine.ts';

/** The network is small: more threads cost more than they bring, and the screen and the camera want a core as well. */
const THREADS = 2;

export class OnnxruntimeEngine implements Engine {
  readonly name = 'onnxruntime';
  readonly #session: InferenceSession;
  readonly #size: number;
  readonly #names: { readonly image: string; readonly logits: string };

  constructor(session: InferenceSession, { input, tensors }: Bundle['card']) {
    this.#session = session;
    this.#size = input.size;
    this.#names = tensors;
  }

  async logits(images: Uint8Array, n: number): Promise<Float32Array> {
    const { image, logits } = this.#names;
    const input = new Tensor('uint8', images, [n, this.#size, this.#size, 3]);
    const output = (await this.#session.run({ [image]: input }, [logits]))[logits];
    const data = output?.data;
    if (data instanceof Float32Array && data.length === n * CLASS_IDS.length) return data;
    throw new KioskError('inference/failed', 'the graph did not give seven numbers for each picture');
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}

/** @throws KioskError `engine/unavailable` */
export async function loadEngine({ dir, card }: Bundle): Promise<OnnxruntimeEngine> {
  try {
    const session = await InferenceSession.create(join(dir, 'model.onnx'), {
      intraOpNumThreads: THREADS,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    requireName(session.inputNames, card.tensors.image, 'input');
    requireName(session.outputNames, card.tensors.logits, 'output');
    return new OnnxruntimeEngine(session, card);
  } catch (error) {
    throw new KioskError('engine/unavailable', `model.onnx does not load: ${describe(error)}`);
  }
}

function requireName(names: readonly string[], name: string, kind: string): void {
  if (!names.includes(name)) throw new Error(`it has no ${kind} “${name}”, only ${names.join(', ')}`);
}
