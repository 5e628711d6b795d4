import { Worker } from 'node:worker_threads';
import type { EncodedImage } from '../lib/image-signature.ts';
import { compiledEntry } from '../lib/compiled-entry.ts';
import { KioskError } from '../lib/errors.ts';

export interface ThumbnailRequest {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** Without bytes, the image could not be decoded. */
export interface ThumbnailReply {
  readonly id: number;
  readonly bytes?: Uint8Array;
}

/** A few kilobytes each: the rows of the log that are scrolled back and forth. */
const KEPT = 200;
/** The thread ends when nobody has scrolled for this long. */
const IDLE_MS = 10_000;
/** A board takes a tenth of a second for an image. */
const LIMIT_MS = 10_000;

interface Pending {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: KioskError) => void;
}

/** Draws small versions of stored images in a worker thread: the kiosk itself never decodes an image. */
export class Thumbnails {
  readonly #entry: string;
  readonly #limitMs: number;
  /** By session, least recently used first. */
  readonly #made = new Map<string, Promise<Uint8Array>>();
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor({ entry = defaultEntry(), limitMs = LIMIT_MS } = {}) {
    this.#entry = entry;
    this.#limitMs = limitMs;
  }

  /**
   * The thumbnail of a session's image, a JPEG.
   *
   * @param read returns the image; called only if it is not known yet
   * @throws KioskError `picture/broken`, or as `read`
   */
  of(session: string, read: () => Promise<EncodedImage>): Promise<Uint8Array> {
    const made = this.#made.get(session) ?? read().then(({ bytes }) => this.#draw(bytes));
    this.#made.delete(session);
    this.#made.set(session, made);
    made.catch(() => this.#made.delete(session));
    const oldest = this.#made.keys().next().value;
    if (this.#made.size > KEPT && oldest !== undefined) this.#made.delete(oldest);
    return made;
  }

  /** Forgets a deleted image. */
  forget(session: string): void {
    this.#made.delete(session);
  }

  #draw(bytes: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const id = (this.#count += 1);
      this.#pending.set(id, { resolve, reject });
      this.#started().postMessage({ id, bytes } satisfies ThumbnailRequest);
      this.#endAfter(this.#limitMs);
    });
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#entry, { env: {}, execArgv: [] });
    // It must not keep the kiosk from exiting.
    worker.unref();
    worker.on('message', ({ id, bytes }: ThumbnailReply) => {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      if (bytes === undefined) pending?.reject(broken());
      else pending?.resolve(bytes);
      this.#endAfter(this.#pending.size === 0 ? IDLE_MS : this.#limitMs);
    });
    worker.on('error', () => {
      this.#end(worker);
    });
    worker.on('exit', () => {
      this.#end(worker);
    });
    this.#worker = worker;
    return worker;
  }

  /** After its last progress: an idle thread ends, and one that hangs. */
  #endAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#worker !== undefined) this.#end(this.#worker);
    }, ms);
    this.#timer.unref();
  }

  #end(worker: Worker): void {
    if (this.#worker !== worker) return;
    clearTimeout(this.#timer);
    this.#worker = undefined;
    for (const { reject } of this.#pending.values()) reject(broken());
    this.#pending.clear();
    void worker.terminate();
  }
}

function broken(): KioskError {
  return new KioskError('picture/broken', 'no thumbnail could be drawn');
}

function defaultEntry(): string {
  return compiledEntry(
    new URL('./thumbnail-worker.js', import.meta.url),
    new URL('../../dist/follow-up/thumbnail-worker.js', import.meta.url),
  );
}
