import type { Key, KeyNews } from '../port.ts';

/** A key without hardware, pressed by a Unix signal. The key on the screen and HTTP speak to the session themselves. */
export class VirtualKey implements Key {
  readonly driver = 'virtual';
  readonly holdsLine = false;
  #tell: ((news: KeyNews) => void) | undefined;

  start(tell: (news: KeyNews) => void): Promise<void> {
    this.#tell = tell;
    tell({ type: 'found', pressed: false, at: Number.NEGATIVE_INFINITY, place: 'software' });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#tell = undefined;
    return Promise.resolve();
  }

  /** Down and up again. @param at `Clock.monotonic()`; before `start()` and after `stop()` nothing happens */
  press(at: number): void {
    this.#tell?.({ type: 'level', pressed: true, at, proven: true });
    this.#tell?.({ type: 'level', pressed: false, at, proven: true });
  }
}
