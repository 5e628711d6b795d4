import { Worker } from 'node:worker_threads';
import { compiledEntry } from '../lib/compiled-entry.ts';
import { KioskError } from '../lib/errors.ts';
import type { ComparisonView } from '../protocol/lesion.ts';
import type { ImageWithMask } from '../retention/port.ts';

/** A board takes a second or two. */
const LIMIT_MS = 30_000;

/**
 * Compares captures in a worker thread, which exits with its result: a comparison takes about as long as a result of
 * the model, and must not block the button and the live preview meanwhile. One at a time.
 */
export class Comparer {
  readonly #entry: string;
  readonly #limitMs: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ entry = defaultEntry(), limitMs = LIMIT_MS } = {}) {
    this.#entry = entry;
    this.#limitMs = limitMs;
  }

  /** @throws KioskError `comparison/failed`, also on timeout */
  compare(one: ImageWithMask, other: ImageWithMask): Promise<ComparisonView> {
    const turn = this.#last.catch(() => undefined).then(() => this.#inThread([one, other]));
    this.#last = turn;
    return turn;
  }

  async #inThread(captures: readonly [ImageWithMask, ImageWithMask]): Promise<ComparisonView> {
    const worker = new Worker(this.#entry, { workerData: captures, env: {}, execArgv: [] });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<ComparisonView>((resolve, reject) => {
        const fail = (detail: string, cause?: unknown): void => {
          reject(new KioskError('comparison/failed', `the comparison ${detail}`, { cause }));
        };
        timer = setTimeout(fail, this.#limitMs, 'took too long');
        worker.once('message', resolve);
        worker.once('error', (error) => {
          fail('failed', error);
        });
        worker.once('exit', () => {
          fail('ended without an answer');
        });
      });
    } finally {
      clearTimeout(timer);
      await worker.terminate();
    }
  }
}

function defaultEntry(): string {
  return compiledEntry(
    new URL('./comparison-worker.js', import.meta.url),
    new URL('../../dist/follow-up/comparison-worker.js', import.meta.url),
  );
}
