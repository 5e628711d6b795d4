import { KioskError } from '../lib/errors.ts';
import type { SessionView } from '../protocol/view.ts';

export type SessionEnd = Extract<SessionView, { state: 'retake' | 'showing' | 'fault' }>;

interface Deferred {
  readonly promise: Promise<SessionEnd>;
  readonly resolve: (view: SessionEnd) => void;
  readonly reject: (error: Error) => void;
}

/** Number of closed sessions remembered for late callers. */
const REMEMBERED = 16;

/** Callers waiting for the end of a session. */
export class SessionWaiters {
  readonly #pending = new Map<string, Deferred>();

  add(id: string): void {
    const seat = newDeferred();
    // Possibly nobody is waiting; an unhandled rejection is not an error here.
    seat.promise.catch(() => undefined);
    this.#pending.set(id, seat);
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
    const seat = this.#pending.get(id);
    if (view.state === 'retake' || view.state === 'showing' || view.state === 'fault') seat?.resolve(view);
    else seat?.reject(new KioskError('session/aborted', 'the session was aborted before it had a result'));
  }
}

/** `Promise.withResolvers` is not available in Node 20. */
function newDeferred(): Deferred {
  let resolve: Deferred['resolve'] = () => undefined;
  let reject: Deferred['reject'] = () => undefined;
  const promise = new Promise<SessionEnd>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
