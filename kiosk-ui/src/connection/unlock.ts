import type { Credential, NewOperator, OperatorChange, UnlockState } from '#protocol/operators.ts';
import type { Words } from '#protocol/words.ts';
import { isOperator, isUnlockAnswer, isUnlockState } from './answers.ts';
import { getJson, patchJson, postJson, remove, type FetchResult } from './http.ts';
import { attachUnlock } from './socket.ts';
import { answerUnlock, unlocked } from '../state/unlock.ts';

export type Unlocking =
  { readonly ok: true } | { readonly ok: false; readonly code: string | undefined; readonly words: Words };

/** How the kiosk can be unlocked now. */
export async function readUnlock(): Promise<UnlockState | undefined> {
  const answer = await getJson('/api/unlock', isUnlockState, AbortSignal.timeout(READ_MS));
  if (!answer.ok) return undefined;
  unlocked.value = answer.value.unlocked;
  return answer.value;
}

const READ_MS = 3_000;

/** Unlocks this browser and its connection. */
export async function unlockWith(credential: Credential): Promise<Unlocking> {
  const answer = await postJson('/api/unlock', isUnlockAnswer, credential);
  if (!answer.ok) return { ok: false, code: answer.code, words: answer.words };
  await attachUnlock(answer.value.token);
  unlocked.value = answer.value.unlocked;
  answerUnlock(true);
  return { ok: true };
}

export async function lockScreen(): Promise<void> {
  unlocked.value = undefined;
  await remove('/api/unlock');
}

export function addOperator(operator: NewOperator): Promise<FetchResult<unknown>> {
  return postJson('/api/operators', isOperator, operator);
}

export function changeOperator(id: string, change: OperatorChange): Promise<FetchResult<unknown>> {
  return patchJson(`/api/operators/${encodeURIComponent(id)}`, isOperator, change);
}
