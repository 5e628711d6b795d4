import type { Clock } from '../lib/clock.ts';
import { describe } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { SessionControl } from '../session/port.ts';
import { clearStaleLock, createLock, flock, removeLock } from './lock-file.ts';

/** Interval between attempts to take a lock that another process holds, ms. */
const RETRY_MS = 1_000;

export interface UpdateLockOptions {
  /** Path at which the updater of this machine looks for a lock; empty if there is none. */
  readonly path: string;
  readonly session: Pick<SessionControl, 'onChange'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Prevents updates from a press until the screen is ready again. balena checks one path in two ways: its supervisor,
 * which replaces services, for the existence of the file; the scripts of its host system, which reboot the board, for
 * an exclusive flock on it.
 *
 * @see https://docs.balena.io/learn/deploy/release-strategy/update-locking/
 */
export class UpdateLock implements Service {
  readonly name = 'update lock';
  readonly #options: UpdateLockOptions;
  /** Descriptor of the file while it is ours. */
  #file: number | undefined;
  #wanted = false;
  #flocking: Promise<void> = Promise.resolve();
  #cancelRetry: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(options: UpdateLockOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { path, session, log } = this.#options;
    if (path === '') return;
    try {
      if (await clearStaleLock(path)) log.info({ path }, 'removed a stale update lock');
    } catch (error) {
      log.warn({ path, error: describe(error) }, 'could not check for a stale update lock');
    }
    this.#unsubscribe = session.onChange(({ state }) => {
      this.#follow(state !== 'ready');
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#follow(false);
    await this.#flocking;
  }

  #follow(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) this.#take();
    else this.#release();
  }

  /** A press never waits for the lock: its holder is about to stop the kiosk, or will release it soon. */
  #take(retry = false): void {
    const { path, clock, log } = this.#options;
    try {
      this.#file = createLock(path);
      this.#flocking = this.#flock(this.#file);
    } catch (error) {
      if (!retry)
        log.warn(
          { path, error: describe(error) },
          'could not take the update lock: an update may interrupt this session',
        );
      this.#cancelRetry = clock.after(RETRY_MS, () => {
        this.#take(true);
      });
    }
  }

  /** The host's scripts hold the flock for a moment when they check it; then it is retried. */
  async #flock(file: number): Promise<void> {
    const { path, clock, log } = this.#options;
    try {
      if ((await flock(file)) || this.#file !== file) return;
      this.#cancelRetry = clock.after(RETRY_MS, () => {
        this.#flocking = this.#flock(file);
      });
    } catch (error) {
      log.warn(
        { path, error: describe(error) },
        'could not lock the file: a host update may interrupt this session',
      );
    }
  }

  #release(): void {
    const { path, log } = this.#options;
    this.#cancelRetry();
    if (this.#file === undefined) return;
    try {
      removeLock(path, this.#file);
    } catch (error) {
      log.error({ path, error: describe(error) }, 'could not remove the update lock');
    }
    this.#file = undefined;
  }
}
