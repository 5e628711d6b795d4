import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import { delayAfter } from '../settings/pin.ts';

/** A badge or a PIN that somebody tries; its consecutive wrong attempts are stored. */
export interface Attempted {
  /** Tells it from the others. */
  readonly key: string;
  readonly failures: number;
  readonly freeTries: number;
  /** Stores the number of wrong attempts; on disk when it returns. */
  readonly count: (failures: number) => void;
}

/**
 * Slows down guessing, as the PIN of the settings does: an attempt is counted before it is compared, and the delay
 * restarts with every start of the service, so that neither a power cut nor a restart shortens it.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #lastAt = new Map<string, number>();
  readonly #busy = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.monotonic();
  }

  /** Until the next attempt, ms. */
  waitMs({ key, failures, freeTries }: Omit<Attempted, 'count'>): number {
    const since = this.#lastAt.get(key) ?? this.#startedAt;
    return Math.max(0, delayAfter(failures, freeTries) - (this.#clock.monotonic() - since));
  }

  /**
   * @param compare resolves with `undefined` if the attempt is wrong
   * @returns what `compare` resolved with, or the number of consecutive wrong attempts
   * @throws KioskError `pin/wait` before the delay is over, or during another attempt
   */
  async try<T extends object>(
    attempted: Attempted,
    compare: () => Promise<T | undefined>,
  ): Promise<T | number> {
    const { key, count } = attempted;
    if (this.#busy.has(key) || this.waitMs(attempted) > 0)
      throw new KioskError('pin/wait', 'wait before the next attempt');
    this.#busy.add(key);
    try {
      const failures = attempted.failures + 1;
      count(failures);
      this.#lastAt.set(key, this.#clock.monotonic());
      const found = await compare();
      this.#lastAt.set(key, this.#clock.monotonic());
      if (found === undefined) return failures;
      count(0);
      return found;
    } finally {
      this.#busy.delete(key);
    }
  }
}
