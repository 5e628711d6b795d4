import type { CaptureAnswer, ErrorBody } from '#protocol/http.ts';
import type { Words } from '#protocol/reasons.ts';
import { wordsOf, wordsSent } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

export type FetchResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: Words };

/** Largest file the screen sends, bytes; the service's limit may be lower and then reports its own error. */
export const UPLOAD_MAX_BYTES = 20_000_000;

/** URL of a session and its parts. */
export function sessionPath(id: string): string {
  return `/api/sessions/${encodeURIComponent(id)}`;
}

/** URL of a lesion’s history. */
export function historyPath(lesion: string): string {
  return `/api/lesions/${encodeURIComponent(lesion)}/captures`;
}

export function getJson<T>(path: string, signal: AbortSignal): Promise<FetchResult<T>> {
  return request<T>(path, { signal, cache: 'no-store' });
}

/** A write request without a body. */
export function post<T>(path: string, signal: AbortSignal): Promise<FetchResult<T>> {
  return request<T>(path, { method: 'POST', signal });
}

export function put(path: string): Promise<FetchResult<unknown>> {
  return request(path, { method: 'PUT' });
}

export function remove(path: string): Promise<FetchResult<unknown>> {
  return request(path, { method: 'DELETE' });
}

/** A write request with a few fields. */
export function postJson<T>(path: string, body: object): Promise<FetchResult<T>> {
  const headers = { 'content-type': 'application/json' };
  return request<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Uploads one image; it takes the same path as a capture, and its result arrives with the View. */
export async function sendPicture(file: File): Promise<FetchResult<CaptureAnswer>> {
  if (file.size === 0) return { ok: false, words: wordsOf('picture/empty') };
  if (file.size > UPLOAD_MAX_BYTES) return { ok: false, words: wordsOf('picture/too-large') };
  const body = new FormData();
  body.set('file', file);
  return request<CaptureAnswer>('/api/captures', { method: 'POST', body });
}

async function request<T>(path: string, init: RequestInit): Promise<FetchResult<T>> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    return { ok: false, words: { message: t('unreachable.message'), cure: t('unreachable.cure') } };
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return { ok: true, value: body as T };
  return { ok: false, words: isErrorBody(body) ? wordsSent(body.error) : wordsOf('internal/error') };
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'message' in error && 'cure' in error;
}
