import type { Clock } from '../lib/clock.ts';

/** A screen that has not sent `received` by then gets the newest frame anyway, ms. */
export const RECEIPT_LIMIT_MS = 5_000;

export interface PreviewFeedOptions {
  readonly clock: Clock;
  /** Calls `received` when the screen has the frame. */
  readonly send: (jpeg: Uint8Array, received: () => void) => void;
}

/** The live preview of one screen: off until requested, one frame in flight, and then the newest available. */
export class PreviewFeed {
  readonly #options: PreviewFeedOptions;
  #on = false;
  #newest: Uint8Array | undefined;
  #sent = 0;
  /** Index of the frame in flight. */
  #underway: number | undefined;
  #cancelLimit: () => void = () => undefined;

  constructor(options: PreviewFeedOptions) {
    this.#options = options;
  }

  get on(): boolean {
    return this.#on;
  }

  switch(on: boolean): void {
    this.#on = on;
    if (!on) this.#newest = undefined;
  }

  /** The frames before come from elsewhere: none of them is sent any more. */
  forget(): void {
    this.#newest = undefined;
  }

  offer(jpeg: Uint8Array): void {
    if (!this.#on) return;
    this.#newest = jpeg;
    this.#sendNewest();
  }

  /** Permanently: nothing is sent any more and no timer runs. */
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
      // A late acknowledgement does not refer to the frame sent since.
      if (this.#underway !== number) return;
      this.#underway = undefined;
      this.#cancelLimit();
      this.#sendNewest();
    };
    this.#cancelLimit = this.#options.clock.after(RECEIPT_LIMIT_MS, received);
    this.#options.send(jpeg, received);
  }
}
