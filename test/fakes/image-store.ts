import { Emitter } from '../../src/lib/emitter.ts';
import type { StoredImage } from '../../src/protocol/http.ts';
import type { RetentionMode } from '../../src/protocol/retention.ts';
import type { RemovalReason, KeepReason, ImageStore, ImageWithMask } from '../../src/retention/port.ts';

/** Stores images in memory. */
export class FakeImageStore implements ImageStore {
  readonly policy: { readonly mode: RetentionMode; readonly days: number };
  readonly pictures = new Map<string, ImageWithMask>();
  /** What happened, in order. */
  readonly events: string[] = [];
  /** The error with which storing fails. */
  failure: Error | undefined;
  readonly #changes = new Emitter<string>();

  constructor(mode: RetentionMode = 'off') {
    this.policy = { mode, days: 30 };
  }

  keep(sessionId: string, content: ImageWithMask, by: KeepReason): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.pictures.set(sessionId, content);
    this.events.push(`${sessionId} kept by ${by}`);
    this.#changes.emit(sessionId);
    return Promise.resolve();
  }

  kept(sessionId: string): StoredImage | undefined {
    const content = this.pictures.get(sessionId);
    if (content === undefined) return undefined;
    const mask = content.mask !== undefined;
    return { keptAt: '2026-01-01T00:00:00.000Z', due: '2026-01-31T00:00:00.000Z', mask };
  }

  read(sessionId: string): Promise<ImageWithMask | undefined> {
    return Promise.resolve(this.pictures.get(sessionId));
  }

  remove(sessionId: string, because: RemovalReason, operator?: string): Promise<boolean> {
    const existed = this.pictures.delete(sessionId);
    if (existed) {
      this.events.push(`${sessionId} gone: ${because}${operator === undefined ? '' : ` by ${operator}`}`);
      this.#changes.emit(sessionId);
    }
    return Promise.resolve(existed);
  }

  onChange(listener: (sessionId: string) => void): () => void {
    return this.#changes.on(listener);
  }
}
