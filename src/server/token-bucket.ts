import type { Clock } from '../lib/clock.ts';

export interface BucketOptions {
  /** Maximum burst. */
  readonly burst: number;
  readonly perSecond: number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** A modest limit: nobody presses this often, and every ignored press costs a journal row. */
export class TokenBucket {
  readonly #options: BucketOptions;
  #tokens: number;
  #filledAt: number;

  constructor(options: BucketOptions) {
    this.#options = options;
    this.#tokens = options.burst;
    this.#filledAt = options.clock.monotonic();
  }

  /** Takes one token; false if there is none. */
  take(): boolean {
    const { burst, perSecond, clock } = this.#options;
    const now = clock.monotonic();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
