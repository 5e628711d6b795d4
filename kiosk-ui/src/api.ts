import type { ErrorBody } from '../../src/protocol/http.ts';
import type { Words } from '../../src/protocol/reasons.ts';

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: Words };

const UNREACHABLE: Words = { message: 'The kiosk does not answer.', cure: 'Try again in a moment.' };

/** A request to the kiosk; a refusal comes back in the words it was given. */
export async function ask<T>(path: string, init?: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, init);
    const body: unknown = await response.json();
    return response.ok ? { ok: true, value: body as T } : { ok: false, words: (body as ErrorBody).error };
  } catch {
    return { ok: false, words: UNREACHABLE };
  }
}
