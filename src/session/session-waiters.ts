import { KioskError } from '../lib/errors.ts';
import type { SessionView } from '../protocol/view.ts';

export type Over = Extract<SessionView, { state: 'retake' | 'showing' | 'fault' }>;

interface Seat {
  readonly promise: Promise<Over>;
  readonly resolve: (view: Over) => void;
  readonly reject: (error: Error) => void;
}

/** So many sessions are remembered for those who ask for one that is over already. */
const REMEMBERED = 16;

/** Where those wait who want to know how a session ends. */
export class WaitingRoom {
  readonly #seats = new Map<string, Seat>();

  add(id: string): void {
    const seat = newSeat();
    // Nobody need be waiting; a rejection that nobody hears is not an error.
    seat.promise.catch(() => undefined);
    this.#seats.set(id, seat);
    const [oldest] = this.#seats.keys();
    if (this.#seats.size > REMEMBERED && oldest !== undefined) this.#seats.delete(oldest);
  }

  /** Rejects with `session/unknown` for a session that was never here or is forgotten. */
  wait(id: string): Promise<Over> {
    return (
      this.#seats.get(id)?.promise ??
      Promise.reject(new KioskError('session/unknown', `no session ${id} is known`))
    );
  }

  settle(id: string, view: SessionView): void {
    const seat = this.#seats.get(id);
    if (view.state === 'retake' || view.state === 'showing' || view.state === 'fault') seat?.resolve(view);
    else seat?.reject(new KioskError('session/aborted', 'the session was ended before it had a result'));
  }
}

/** `Promise.withResolvers` is not in Node 20. */
function newSeat(): Seat {
  let resolve: Seat['resolve'] = () => undefined;
  let reject: Seat['reject'] = () => undefined;
  const promise = new Promise<Over>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
