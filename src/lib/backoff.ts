export interface BackoffOptions {
  /** Delays in milliseconds; the last is repeated. */
  readonly steps: readonly number[];
  /** Fraction by which a delay is randomly lengthened, so that a fleet does not retry in step. */
  readonly jitter: number;
  /** 0 ≤ x < 1; injected so that tests are repeatable. */
  readonly random: () => number;
}

export const DEFAULT_BACKOFF: BackoffOptions = {
  steps: [2_000, 5_000, 15_000, 30_000, 60_000],
  jitter: 0.1,
  random: Math.random,
};

/** The delays between restarts of something that keeps failing; `reset()` once it has proved healthy. */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions = DEFAULT_BACKOFF) {
    this.#options = options;
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const { steps, jitter, random } = this.#options;
    const step = steps[Math.min(this.#failures, steps.length - 1)] ?? 0;
    this.#failures += 1;
    return step * (1 + jitter * random());
  }

  reset(): void {
    this.#failures = 0;
  }
}
