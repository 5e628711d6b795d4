import type { Clock } from '../lib/clock.ts';
import {
  dueAt,
  initialKeyState,
  nextKeyState,
  type Gesture,
  type GestureTimes,
  type KeyState,
  type KeyReading,
} from './gestures.ts';
import type { Key } from './port.ts';

export interface KeyListener {
  /** The key is available, for the first time or again. */
  found(): void;
  gesture(gesture: Gesture): void;
  /** The key is no longer available; a held press is dropped, not released. */
  gone(reason: string): void;
}

interface Options {
  readonly key: Key;
  readonly times: GestureTimes;
  readonly clock: Clock;
  readonly listener: KeyListener;
}

/** Reads one key: turns its levels and elapsed time into gestures. */
export class KeyReader {
  readonly #options: Options;
  #location = '';
  #state: KeyState | undefined;
  #cancel: () => void = () => undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  get driver(): string {
    return this.#options.key.driver;
  }

  get holdsLine(): boolean {
    return this.#options.key.holdsLine;
  }

  /** Where the key is, once it was found. */
  get location(): string {
    return this.#location;
  }

  /** @throws KioskError as `Key.start` */
  async start(): Promise<void> {
    const { key, listener } = this.#options;
    await key.start((event) => {
      switch (event.type) {
        case 'found':
          this.#state = initialKeyState(event.pressed, event.at);
          this.#location = event.location;
          listener.found();
          this.#read({ type: 'time', at: event.at });
          break;
        case 'level':
          this.#read(event);
          break;
        case 'gone':
          this.#forget();
          listener.gone(event.reason);
      }
    });
  }

  async stop(): Promise<void> {
    this.#forget();
    await this.#options.key.stop();
  }

  #forget(): void {
    this.#cancel();
    this.#state = undefined;
  }

  #read(reading: KeyReading): void {
    if (this.#state === undefined) return;
    const { times, listener } = this.#options;
    const { state, gestures } = nextKeyState(this.#state, reading, times);
    this.#state = state;
    this.#cancel();
    this.#wait(dueAt(state, times));
    for (const gesture of gestures) listener.gesture(gesture);
  }

  /**
   * Timers fire before pending input: after a blocked event loop, a key released long ago would look held for a second.
   * Defer by one turn, so that the input is read first.
   */
  #wait(due: number): void {
    if (due === Infinity) return;
    const { clock } = this.#options;
    this.#cancel = clock.after(Math.max(0, due - clock.monotonic()), () => {
      this.#cancel = clock.after(0, () => {
        this.#read({ type: 'time', at: clock.monotonic() });
      });
    });
  }
}
