import type { PracticeAction } from '#protocol/practice.ts';
import { isPracticeAnswer } from './answers.ts';
import { postJson } from './http.ts';
import { t } from '../i18n/translate.ts';
import { open, showNotice } from '../state/state.ts';

/** Shows why, if the kiosk refuses it. @returns whether practice goes on */
export async function actPractice(action: PracticeAction): Promise<boolean> {
  const answer = await postJson('/api/practice', isPracticeAnswer, { action });
  if (!answer.ok) {
    showNotice('problem', answer.words);
    return false;
  }
  if (answer.value.practice !== null) return true;
  showNotice('done', { message: t('practice.over'), cure: t('practice.over.cure') });
  return false;
}

/** Begins practice, and shows it. */
export async function startPractice(): Promise<void> {
  if (await actPractice('begin')) open('live');
}
