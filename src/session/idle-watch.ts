import type { Clock } from '../lib/clock.ts';
import { describe } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { journalBestEffort } from '../store/best-effort.ts';
import type { SessionStore } from '../store/port.ts';
import type { SessionView } from '../protocol/view.ts';
import type { SessionControl } from './port.ts';

export interface IdleWatchParts {
  readonly session: Pick<SessionControl, 'session' | 'onChange' | 'leave'>;
  readonly context: { clear(reason: 'idle'): void; onChange(listener: () => void): () => void };
  readonly view: { setIdle(idle: boolean): void };
  readonly store: Pick<SessionStore, 'append'>;
  /** Time without user activity, ms; 0 disables it. */
  readonly idleMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** States that only wait for a person. */
const WAITING: readonly SessionView['state'][] = ['ready', 'asking', 'opinion', 'showing', 'retake', 'fault'];

/**
 * Detects that nobody is present. After a while without a touch, a press or a session, the result is closed, its image
 * dropped, and every screen told to hide patient data; the next user activity ends it.
 */
export class IdleWatch implements Service {
  readonly name = 'idle watch';
  readonly #parts: IdleWatchParts;
  #idle = false;
  #idleMs: number;
  #leaving = false;
  #cancelTimer: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(parts: IdleWatchParts) {
    this.#parts = parts;
    this.#idleMs = parts.idleMs;
  }

  start(): Promise<void> {
    const changed = (): void => {
      if (!this.#leaving) this.touched();
    };
    const { session, context } = this.#parts;
    const subscriptions = [session.onChange(changed), context.onChange(changed)];
    this.#unsubscribe = () => {
      for (const unsubscribe of subscriptions) unsubscribe();
    };
    this.#arm();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#cancelTimer();
    this.#unsubscribe();
    return Promise.resolve();
  }

  /** User activity. */
  touched(): void {
    this.#turn(false);
    this.#arm();
  }

  /** Restarts the timer. @param ms see `idleMs` */
  setIdleMs(ms: number): void {
    this.#idleMs = ms;
    this.#arm();
  }

  #arm(): void {
    const { clock } = this.#parts;
    this.#cancelTimer();
    if (this.#idleMs > 0)
      this.#cancelTimer = clock.after(this.#idleMs, () => {
        this.#expired();
      });
  }

  #expired(): void {
    const view = this.#parts.session.session();
    if (!WAITING.includes(view.state)) {
      this.#arm();
      return;
    }
    if (view.state !== 'ready') this.#leave(view);
    this.#forget();
    this.#turn(true);
  }

  #leave(view: SessionView): void {
    this.#leaving = true;
    this.#parts.session.leave();
    this.#leaving = false;
    const { store, log } = this.#parts;
    journalBestEffort(store, log, { kind: 'screen-cleared', body: {} }, 'id' in view ? view.id : undefined);
  }

  /** The next user is somebody else. */
  #forget(): void {
    this.#leaving = true;
    try {
      this.#parts.context.clear('idle');
    } catch (error) {
      this.#parts.log.error({ error: describe(error) }, 'could not journal the cleared reference');
    }
    this.#leaving = false;
  }

  #turn(idle: boolean): void {
    if (this.#idle === idle) return;
    this.#idle = idle;
    this.#parts.view.setIdle(idle);
  }
}
