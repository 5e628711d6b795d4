import { KioskError } from '../lib/errors.ts';
import type { HttpReply } from './http.ts';

/** Aborts when the page no longer waits for the answer. */
export function untilClosed({ raw }: HttpReply): AbortSignal {
  const closed = new AbortController();
  raw.once('close', () => {
    closed.abort(new KioskError('session/aborted', 'the page was closed'));
  });
  return closed.signal;
}
