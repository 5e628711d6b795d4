import { Emitter } from '../../src/lib/emitter.ts';
import { abortReason } from '../../src/lib/clock.ts';
import type {
  GateResult,
  Classification,
  Classifier,
  ClassifierStatus,
  LoadedModel,
} from '../../src/classifier/port.ts';
import { modelScoresOf } from '../../src/classifier/model/model-scores.ts';
import { decide } from '../../src/classifier/decision/verdict.ts';
import type { Vitals } from '../../src/protocol/http.ts';
import type { QualityValues } from '../../src/protocol/outcome.ts';
import type { GateReason } from '../../src/protocol/reasons.ts';
import { exampleCard, sha256 } from '../support/bundle.ts';

export const FAKE_MODEL: LoadedModel = {
  identity: { name: 'example', version: '1.2.3', sha256: 'c'.repeat(64), engine: 'fake' },
  card: exampleCard(),
  engineReason: 'it is a fake',
};

const QUALITY: QualityValues = {
  width: 640,
  height: 480,
  brightness: 0.5,
  contrast: 0.2,
  darkShare: 0,
  brightShare: 0,
  focus: 0.8,
};

export function fit(best = 0): GateResult {
  return { fit: true, best, quality: QUALITY, timings: { burstDecode: 1, quality: 1 } };
}

export function unfit(reason: GateReason, best = 0): GateResult {
  return { fit: false, best, reason, quality: QUALITY, timings: { burstDecode: 1, quality: 1 } };
}

/** The real classifier's output for these logits, in the order of `CLASS_IDS`. */
export function classification(
  logits: readonly number[],
  picture: Uint8Array = new Uint8Array(),
): Classification {
  const reading = modelScoresOf({ logits: Float32Array.from(logits) }, FAKE_MODEL.card, undefined);
  return {
    verdict: decide(reading, FAKE_MODEL.card),
    ...reading,
    explanation: {},
    pictureSha256: sha256(picture),
    model: FAKE_MODEL.identity,
    timings: { decode: 1, prepare: 1, network: 1, verdict: 1, explain: 1 },
  };
}

/** Melanoma, clearly above the example's threshold. */
export const MELANOMA = [0, 0, 0, 0, 5, 0, 0] as const;
/** Naevus, clearly below it. */
export const NAEVUS = [0, 0, 0, 0, 0, 8, 0] as const;

type Kind = 'assess' | 'classify';

/**
 * A classifier with scripted outputs. Without a script every burst is fit and every image a naevus. `hold` makes calls wait until they
 * are released; an aborted call rejects at once, held or not, as with the real one.
 */
export class FakeClassifier implements Classifier {
  readonly name = 'inference';
  /** The calls it received, in order. */
  readonly calls: { readonly kind: Kind; readonly pictures: readonly Uint8Array[] }[] = [];
  /** Millimetres per pixel of the images passed to `classify`, in order. */
  readonly scales: (number | undefined)[] = [];
  readonly #event = new Emitter<ClassifierStatus>();
  readonly #assessments: (GateResult | Error)[] = [];
  readonly #classifications: (Classification | Error)[] = [];
  readonly #gates = new Map<Kind, { readonly opened: Promise<void>; readonly open: () => void }>();
  #status: ClassifierStatus;

  constructor(status: ClassifierStatus = { state: 'ready', model: FAKE_MODEL }) {
    this.#status = status;
  }

  /** The next outputs of `assess`; an Error is thrown. */
  willAssess(...answers: (GateResult | Error)[]): this {
    this.#assessments.push(...answers);
    return this;
  }

  /** The next outputs of `classify`; an Error is thrown. */
  willClassify(...answers: (Classification | Error)[]): this {
    this.#classifications.push(...answers);
    return this;
  }

  /** Calls of this kind wait from now on. The returned function releases them and later ones. */
  hold(kind: Kind): () => void {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gates.set(kind, { opened, open });
    return () => {
      this.#gates.delete(kind);
      open();
    };
  }

  setStatus(status: ClassifierStatus): void {
    this.#status = status;
    this.#event.emit(status);
  }

  status(): ClassifierStatus {
    return this.#status;
  }

  onStatus(listener: (status: ClassifierStatus) => void): () => void {
    return this.#event.on(listener);
  }

  async assess(burst: readonly Uint8Array[], signal: AbortSignal): Promise<GateResult> {
    await this.#pass('assess', burst, signal);
    return unwrap(this.#assessments.shift() ?? fit());
  }

  async classify(picture: Uint8Array, signal: AbortSignal, mmPerPixel?: number): Promise<Classification> {
    this.scales.push(mmPerPixel);
    await this.#pass('classify', [picture], signal);
    return unwrap(this.#classifications.shift() ?? classification(NAEVUS, picture));
  }

  vitals(): Promise<Vitals> {
    return Promise.resolve({ residentBytes: 200e6, heapBytes: 20e6, tensors: 12 });
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  async #pass(kind: Kind, pictures: readonly Uint8Array[], signal: AbortSignal): Promise<void> {
    this.calls.push({ kind, pictures });
    if (signal.aborted) throw abortReason(signal);
    const gate = this.#gates.get(kind);
    if (gate === undefined) return;
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        reject(abortReason(signal));
      };
      signal.addEventListener('abort', abort, { once: true });
      void gate.opened.then(() => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
    });
  }
}

function unwrap<T>(answer: T | Error): T {
  if (answer instanceof Error) throw answer;
  return answer;
}
