import { Emitter } from '../../src/lib/emitter.ts';
import type { KeptPicture } from '../../src/protocol/http.ts';
import type { RetentionMode } from '../../src/protocol/retention.ts';
import type { GoneBecause, KeptBy, PictureKeeper, PictureWithMask } from '../../src/retention/port.ts';

/** Keeps pictures in memory. */
export class FakeKeeper implements PictureKeeper {
  readonly policy: { readonly mode: RetentionMode; readonly days: number };
  readonly pictures = new Map<string, PictureWithMask>();
  /** What happened, in order. */
  readonly told: string[] = [];
  /** What keeping fails with. */
  failure: Error | undefined;
  readonly #changes = new Emitter<string>();

  constructor(mode: RetentionMode = 'off') {
    this.policy = { mode, days: 30 };
  }

  keep(sessionId: string, content: PictureWithMask, by: KeptBy): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.pictures.set(sessionId, content);
    this.told.push(`${sessionId} kept by ${by}`);
    this.#changes.emit(sessionId);
    return Promise.resolve();
  }

  kept(sessionId: string): KeptPicture | undefined {
    const content = this.pictures.get(sessionId);
    if (content === undefined) return undefined;
    const mask = content.mask !== undefined;
    return { keptAt: '2026-01-01T00:00:00.000Z', due: '2026-01-31T00:00:00.000Z', mask };
  }

  read(sessionId: string): Promise<PictureWithMask | undefined> {
    return Promise.resolve(this.pictures.get(sessionId));
  }

  remove(sessionId: string, because: GoneBecause): Promise<boolean> {
    const had = this.pictures.delete(sessionId);
    if (had) {
      this.told.push(`${sessionId} gone: ${because}`);
      this.#changes.emit(sessionId);
    }
    return Promise.resolve(had);
  }

  onChange(listener: (sessionId: string) => void): () => void {
    return this.#changes.on(listener);
  }
}
