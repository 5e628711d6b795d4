import type { Clock } from '../lib/clock.ts';

/** A screen that has not said `received` by then is sent the newest frame all the same, ms. */
export const RECEIPT_LIMIT_MS = 5_000;

export interface PreviewFeedOptions {
  readonly clock: Clock;
  /** Calls `received` when the screen has the frame. */
  readonly send: (jpeg: Uint8Array, received: () => void) => void;
}

/** The live preview of one screen: off until asked for, one frame on its way, and then the newest there is. */
export class PreviewFeed {
  readonly #options: PreviewFeedOptions;
  #on = false;
  #newest: Uint8Array | undefined;
  #sent = 0;
  /** Number of the frame that is on its way. */
  #underway: number | undefined;
  #cancelLimit: () => void = () => undefined;

  constructor(options: PreviewFeedOptions) {
    this.#options = options;
  }

  switch(on: boolean): void {
    this.#on = on;
    if (!on) this.#newest = undefined;
  }

  offer(jpeg: Uint8Array): void {
    if (!this.#on) return;
    this.#newest = jpeg;
    this.#sendNewest();
  }

  /** For good: nothing is sent any more and no timer runs. */
  stop(): void {
    this.switch(false);
    this.#cancelLimit();
  }

  #sendNewest(): void {
    const jpeg = this.#newest;
    if (jpeg === undefined || this.#underway !== undefined) return;
    this.#newest = undefined;
    const number = (this.#sent += 1);
    this.#underway = number;
    const received = (): void => {
      // A receipt that comes after its time limit says nothing of the frame sent since.
      if (this.#underway !== number) return;
      this.#underway = undefined;
      this.#cancelLimit();
      this.#sendNewest();
    };
    this.#cancelLimit = this.#options.clock.after(RECEIPT_LIMIT_MS, received);
    this.#options.send(jpeg, received);
  }
}
