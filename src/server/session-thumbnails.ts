import type { Thumbnailer } from '../classifier/port.ts';
import { codeOf } from '../lib/errors.ts';
import type { FaultCode } from '../protocol/reasons.ts';
import type { Turns } from '../lib/turns.ts';
import type { ImageWithMask } from '../retention/port.ts';
import { HttpError } from './http-error.ts';

/** Longest side, pixels: a row of the log at twice its size, for displays with twice the density. */
export const SESSION_THUMBNAIL_SIDE = 144;
/** A few kilobytes each: the rows that are scrolled back and forth. */
const CACHED = 200;
/** The inference process died or hung on an image. */
const FATAL: readonly string[] = ['inference/died', 'inference/timeout'];

/** The images of sessions, or overview images. */
interface StoredImages {
  kept(id: string): object | undefined;
  read(id: string): Promise<ImageWithMask | undefined>;
  onChange(listener: (id: string) => void): () => void;
}

interface Parts {
  readonly images: StoredImages;
  readonly thumbnails: Thumbnailer;
  /** Shared by everything that asks for thumbnails: a press waits for one at most. */
  readonly turns: Turns;
  /** Longest side, pixels; that of a session's by default. */
  readonly side?: number;
  /** What is said of an image that is not stored any more. */
  readonly missing?: FaultCode;
}

/** Thumbnails of stored images, decrypted and decoded once; none outlives its image. */
export class SessionThumbnails {
  readonly #parts: Parts;
  /** By session, least recently used first. */
  readonly #made = new Map<string, Uint8Array>();
  /** Sessions whose image ended the inference process: it would end again. */
  readonly #fatal = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.images.onChange((session) => {
      this.#made.delete(session);
      this.#fatal.delete(session);
    });
  }

  /** @throws HttpError `session/picture-gone`; KioskError as `ImageStore.read` and `Thumbnailer.thumbnail` */
  of(session: string, signal: AbortSignal): Promise<Uint8Array> {
    const { images, thumbnails, turns, side = SESSION_THUMBNAIL_SIDE, missing } = this.#parts;
    const gone = (): HttpError => new HttpError(missing ?? 'session/picture-gone');
    return turns.take(async () => {
      signal.throwIfAborted();
      if (images.kept(session) === undefined) throw gone();
      if (this.#fatal.has(session)) throw new HttpError('picture/broken');
      const made = this.#made.get(session);
      if (made !== undefined) return this.#remember(session, made);
      const stored = await images.read(session);
      if (stored === undefined) throw gone();
      const { bytes } = stored.picture;
      const jpeg = await thumbnails.thumbnail(bytes, side, signal).catch((error: unknown) => {
        if (FATAL.includes(codeOf(error))) this.#fatal.add(session);
        throw error;
      });
      // Deleted while it was drawn.
      if (images.kept(session) === undefined) throw gone();
      return this.#remember(session, jpeg);
    });
  }

  #remember(session: string, jpeg: Uint8Array): Uint8Array {
    this.#made.delete(session);
    this.#made.set(session, jpeg);
    const oldest = this.#made.keys().next().value;
    if (this.#made.size > CACHED && oldest !== undefined) this.#made.delete(oldest);
    return jpeg;
  }
}
