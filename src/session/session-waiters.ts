import { KioskError } from '../lib/errors.ts';
import type { SessionView } from '../protocol/view.ts';

export type SessionEnd = Extract<SessionView, { state: 'retake' | 'showing' | 'fault' }>;

/** Number of closed sessions remembered for late callers. */
const REMEMBERED = 16;

/** Callers waiting for the end of a session. */
export class SessionWaiters {
  readonly #pending = new Map<string, PromiseWithResolvers<SessionEnd>>();

  add(id: string): void {
    const deferred = Promise.withResolvers<SessionEnd>();
    // Possibly nobody is waiting; an unhandled rejection is not an error here.
    deferred.promise.catch(() => undefined);
    this.#pending.set(id, deferred);
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > REMEMBERED && oldest !== undefined) this.#pending.delete(oldest);
  }

  /** Rejects with `session/unknown` for a session that never existed or is forgotten. */
  wait(id: string): Promise<SessionEnd> {
    return (
      this.#pending.get(id)?.promise ??
      Promise.reject(new KioskError('session/unknown', `no session ${id} is known`))
    );
  }

  settle(id: string, view: SessionView): void {
    const deferred = this.#pending.get(id);
    if (view.state === 'retake' || view.state === 'showing' || view.state === 'fault')
      deferred?.resolve(view);
    else
      deferred?.reject(new KioskError('session/aborted', 'the session was aborted before it had a result'));
  }
}
