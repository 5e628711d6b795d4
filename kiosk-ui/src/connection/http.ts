import type { CaptureAnswer } from '#protocol/http.ts';
import type { FaultCode } from '#protocol/reasons.ts';
import type { Words } from '#protocol/words.ts';
import { isCaptureAnswer, isErrorBody } from './answers.ts';
import { guard, type Guard } from './guard.ts';
import { wordsOf, wordsSent } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import { askUnlock } from '../state/unlock.ts';

export type FetchResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly words: Words; readonly code?: FaultCode };

/** Largest file the screen sends, bytes; the service's limit may be lower and then reports its own error. */
export const UPLOAD_MAX_BYTES = 20_000_000;

/** URL of a session and its parts. */
export function sessionPath(id: string): string {
  return `/api/sessions/${encodeURIComponent(id)}`;
}

/** URL of a lesion. */
export function lesionPath(lesion: string): string {
  return `/api/lesions/${encodeURIComponent(lesion)}`;
}

/** URL of a lesion’s history. */
export function historyPath(lesion: string): string {
  return `${lesionPath(lesion)}/captures`;
}

/** URL of a listing of the USB drive, or of one of its files. */
export function drivePath(listing: string, file?: number): string {
  const path = `/api/drive/${encodeURIComponent(listing)}`;
  return file === undefined ? path : `${path}/files/${file}`;
}

export function getJson<T>(path: string, isAnswer: Guard<T>, signal: AbortSignal): Promise<FetchResult<T>> {
  return request(path, isAnswer, { signal, cache: 'no-store' });
}

/** A write request without a body. */
export function post<T>(path: string, isAnswer: Guard<T>, signal?: AbortSignal): Promise<FetchResult<T>> {
  return request(path, isAnswer, { method: 'POST', ...(signal === undefined ? {} : { signal }) });
}

/** The same, where nothing depends on the body of the response. */
export function postEmpty(path: string): Promise<FetchResult<unknown>> {
  return post(path, isAnyObject);
}

export function put(path: string): Promise<FetchResult<unknown>> {
  return request(path, isAnyObject, { method: 'PUT' });
}

export function remove(path: string): Promise<FetchResult<unknown>> {
  return request(path, isAnyObject, { method: 'DELETE' });
}

/** A write request with a few fields. */
export function postJson<T>(path: string, isAnswer: Guard<T>, body: object): Promise<FetchResult<T>> {
  return sendJson('POST', path, isAnswer, body);
}

/** A change of a few fields. */
export function patchJson<T>(path: string, isAnswer: Guard<T>, body: object): Promise<FetchResult<T>> {
  return sendJson('PATCH', path, isAnswer, body);
}

function sendJson<T>(
  method: string,
  path: string,
  isAnswer: Guard<T>,
  body: object,
): Promise<FetchResult<T>> {
  const headers = { 'content-type': 'application/json' };
  return request(path, isAnswer, { method, headers, body: JSON.stringify(body) });
}

/** Uploads one image; it takes the same path as a capture, and its result arrives with the View. */
export function sendPicture(file: File): Promise<FetchResult<CaptureAnswer>> {
  return postPicture('/api/captures', file, isCaptureAnswer);
}

/** Sends one image in a form. */
export async function postPicture<T>(path: string, file: File, isAnswer: Guard<T>): Promise<FetchResult<T>> {
  if (file.size === 0) return { ok: false, words: wordsOf('picture/empty') };
  if (file.size > UPLOAD_MAX_BYTES) return { ok: false, words: wordsOf('picture/too-large') };
  const body = new FormData();
  body.set('file', file);
  return request(path, isAnswer, { method: 'POST', body });
}

/** What is locked is asked for again once somebody has unlocked the screen. */
async function request<T>(path: string, isAnswer: Guard<T>, init: RequestInit): Promise<FetchResult<T>> {
  const answer = await requestOnce(path, isAnswer, init);
  if (answer.ok || answer.code !== 'operator/locked' || init.signal?.aborted === true) return answer;
  return (await askUnlock()) ? requestOnce(path, isAnswer, init) : answer;
}

async function requestOnce<T>(path: string, isAnswer: Guard<T>, init: RequestInit): Promise<FetchResult<T>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, init);
    text = await response.text();
  } catch {
    return { ok: false, words: { message: t('unreachable.message'), cure: t('unreachable.cure') } };
  }
  const body = parsed(text);
  // Without the query, which may contain a patient reference.
  if (response.ok) return accepted(path.replace(/\?.*/, ''), isAnswer, body);
  if (!isErrorBody(body)) return { ok: false, words: wordsOf('internal/error') };
  return { ok: false, code: body.error.code, words: wordsSent(body.error) };
}

/**
 * Checks a response of the kiosk.
 *
 * @param source its origin, for the console; values are not logged, as they may be patient data
 */
export function accepted<T>(source: string, isAnswer: Guard<T>, answer: unknown): FetchResult<T> {
  const report = (place: string): void => {
    console.error(`${source}: the answer differs from docs/api at ${place}`);
  };
  if (isAnswer(answer, report)) return { ok: true, value: answer };
  return { ok: false, words: { message: t('not-understood.message'), cure: t('not-understood.cure') } };
}

/** `undefined` for a text that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For a response whose body is not needed. */
const isAnyObject = guard({ record: 'unknown' });
