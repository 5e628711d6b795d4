import type { Key, KeyEvent } from '../port.ts';

/** A key without hardware, pressed by a Unix signal. The on-screen button and HTTP talk to the session directly. */
export class VirtualKey implements Key {
  readonly driver = 'virtual';
  readonly holdsLine = false;
  #emit: ((event: KeyEvent) => void) | undefined;

  start(emit: (event: KeyEvent) => void): Promise<void> {
    this.#emit = emit;
    emit({ type: 'found', pressed: false, at: Number.NEGATIVE_INFINITY, location: 'software' });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#emit = undefined;
    return Promise.resolve();
  }

  /** Down and up again. @param at `Clock.monotonic()`; ignored before `start()` and after `stop()` */
  press(at: number): void {
    this.#emit?.({ type: 'level', pressed: true, at, proven: true });
    this.#emit?.({ type: 'level', pressed: false, at, proven: true });
  }
}
