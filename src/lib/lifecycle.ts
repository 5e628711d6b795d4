import { describe, KioskError } from './errors.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** Holds a resource between `start()` and `stop()`. Its constructor only assigns. */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  /** Releases everything; safe to call twice, and before or during `start()`. */
  stop(): Promise<void>;
}

/**
 * Starts services in the order of one list and stops them in reverse. If one fails to start, those already started are
 * stopped again. One that fails or hangs in `stop()` does not prevent the others from stopping.
 */
export class Lifecycle {
  readonly #services: readonly Service[];
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #stopLimitMs: number;
  #started: Service[] = [];

  constructor(services: readonly Service[], options: { clock: Clock; log: Logger; stopLimitMs: number }) {
    this.#services = services;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#stopLimitMs = options.stopLimitMs;
  }

  async start(): Promise<void> {
    for (const service of this.#services) {
      this.#started.push(service);
      try {
        await service.start();
      } catch (error) {
        await this.stop();
        throw error;
      }
    }
  }

  async stop(): Promise<void> {
    const started = this.#started;
    this.#started = [];
    for (const service of started.reverse()) {
      try {
        await withDeadline(service.stop(), this.#stopLimitMs, this.#clock, () => stopTimeout(service.name));
      } catch (error) {
        this.#log.error({ service: service.name, error: describe(error) }, 'service did not stop cleanly');
      }
    }
  }
}

function stopTimeout(name: string): KioskError {
  return new KioskError('lifecycle/stop-timeout', `${name} did not stop in time`);
}

/** Settles as `promise` does, or rejects with `timeout()` after `ms`. The promise itself is not cancelled. */
export function withDeadline<T>(
  promise: Promise<T>,
  ms: number,
  clock: Clock,
  timeout: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      reject(timeout());
    });
    promise.then(resolve, reject).finally(cancel);
  });
}
