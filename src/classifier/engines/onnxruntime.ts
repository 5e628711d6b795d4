import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, KioskError } from '../../lib/errors.ts';
import type { Bundle } from '../model/bundle.ts';
import type { Engine } from './port.ts';
import { namedOutputs, outputsFrom, type Outputs } from '../model/outputs.ts';

/** The network is small: more threads cost more than they gain, and the screen and the camera need a core too. */
const THREADS = 2;

export class OnnxruntimeEngine implements Engine {
  readonly name = 'onnxruntime';
  readonly #session: InferenceSession;
  readonly #card: Bundle['card'];
  readonly #fetches: readonly string[];

  constructor(session: InferenceSession, card: Bundle['card']) {
    this.#session = session;
    this.#card = card;
    this.#fetches = namedOutputs(card.tensors).map(([, tensor]) => tensor);
  }

  async run(images: Uint8Array, n: number): Promise<Outputs> {
    const { input, tensors } = this.#card;
    const image = new Tensor('uint8', images, [n, input.size, input.size, 3]);
    const given = await this.#session.run({ [tensors.image]: image }, this.#fetches);
    return outputsFrom(this.#card, n, (tensor) => given[tensor]?.data);
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
      // Idle threads must not spin and take a core from the camera and the screen; results are also faster.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      logSeverityLevel: 3,
    });
    requireName(session.inputNames, card.tensors.image, 'input');
    for (const [, tensor] of namedOutputs(card.tensors)) requireName(session.outputNames, tensor, 'output');
    return new OnnxruntimeEngine(session, card);
  } catch (error) {
    throw new KioskError('engine/unavailable', `model.onnx cannot be loaded: ${describe(error)}`);
  }
}

function requireName(names: readonly string[], name: string, kind: string): void {
  if (!names.includes(name)) throw new Error(`it has no ${kind} “${name}”, only ${names.join(', ')}`);
}
