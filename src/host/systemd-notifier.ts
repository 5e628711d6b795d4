import type { Environment } from '../config/load.ts';
import type { Clock } from '../lib/clock.ts';
import { describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { runProgram } from '../lib/run-program.ts';

/** A program of systemd: Node cannot write to the datagram socket that systemd listens on. */
const NOTIFY = 'systemd-notify';

/** Timeout of one message, ms. */
const NOTIFY_TIMEOUT_MS = 5_000;

/** Three watchdog notifications per timeout: two may be late. */
const SIGNS = 3;

export interface SystemdNotifierOptions {
  /**
   * `NOTIFY_SOCKET` and `WATCHDOG_USEC` are set by systemd for a unit of `Type=notify`; without the former nothing is
   * sent.
   */
  readonly env: Environment;
  /** Resolves once the service has done actual work; only then is the watchdog notified. */
  readonly prove: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Notifies systemd that the service is ready, alive and stopping. The watchdog is tied to real work, so that a blocked
 * event loop, or a server that does not respond, leads to a restart.
 *
 * @see sd_notify(3), systemd.service(5): `Type=notify`, `WatchdogSec`
 */
export class SystemdNotifier {
  readonly #options: SystemdNotifierOptions;
  #cancelTimer: () => void = () => undefined;
  #stopped = false;

  constructor(options: SystemdNotifierOptions) {
    this.#options = options;
  }

  async ready(): Promise<void> {
    await this.#notify('READY=1', 'STATUS=Serving');
    this.#watch();
  }

  async stopping(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#notify('STOPPING=1');
  }

  #watch(): void {
    const { env, clock } = this.#options;
    const limitMs = Number(env.WATCHDOG_USEC ?? 0) / 1000;
    if (!(limitMs > 0)) return;
    this.#cancelTimer = clock.after(limitMs / SIGNS, () => {
      void this.#feedWatchdog();
    });
  }

  async #feedWatchdog(): Promise<void> {
    const { prove, log } = this.#options;
    try {
      await prove();
      await this.#notify('WATCHDOG=1');
    } catch (error) {
      log.error({ error: describe(error) }, 'watchdog not notified');
    }
    if (!this.#stopped) this.#watch();
  }

  /** Failures are logged only: the kiosk works without systemd. */
  async #notify(...states: readonly string[]): Promise<void> {
    const { env, log } = this.#options;
    if (env.NOTIFY_SOCKET === undefined) return;
    try {
      const answer = await runProgram(NOTIFY, states, { timeoutMs: NOTIFY_TIMEOUT_MS, env: { ...env } });
      if (answer?.code === 0) return;
      log.warn({ states, error: answer?.stderr ?? `no ${NOTIFY}` }, 'sd_notify failed');
    } catch (error) {
      log.warn({ states, error: describe(error) }, 'sd_notify failed');
    }
  }
}
