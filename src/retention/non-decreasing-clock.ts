import { readFile } from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import { writeDurably } from '../lib/durable-file.ts';

/**
 * Wall time that never goes back: a board without a clock battery boots in the past, and a clock may be set. It follows
 * the wall clock forwards, and advances on its own while that one is behind. Stored in a file, so that it survives a
 * restart.
 */
export class NonDecreasingClock {
  readonly #clock: Clock;
  readonly #file: string;
  #ms = -Infinity;
  #readAt: number;

  constructor(file: string, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
    this.#readAt = clock.monotonic();
  }

  /** Milliseconds since 1970. */
  now(): number {
    const at = this.#clock.monotonic();
    this.#ms = Math.max(this.#ms + at - this.#readAt, this.#clock.wall());
    this.#readAt = at;
    return this.#ms;
  }

  /** A missing or invalid file means a new clock. */
  async load(): Promise<void> {
    const kept = Number(await readFile(this.#file, 'utf8').catch(() => ''));
    if (Number.isFinite(kept)) this.#ms = Math.max(this.now(), kept);
  }

  async save(): Promise<void> {
    await writeDurably(this.#file, Buffer.from(String(Math.round(this.now()))));
  }
}
