import { computed, signal } from '@preact/signals';
import type { Words } from '#protocol/words.ts';
import { isAnotherSession, screenOf, START, step, type Page, type ScreenEvent } from './screen-state.ts';

/** How long a notice stays, ms: a confirmation is glanced at, a problem is read. */
const NOTICE_MS = { done: 2_500, problem: 5_000 } as const;

export interface Notice {
  readonly tone: 'done' | 'problem';
  readonly words: Words;
}

const state = signal(START);

export const view = computed(() => state.value.view);
export const screen = computed(() => screenOf(state.value));
export const page = computed(() => state.value.page);
export const notice = signal<Notice | undefined>(undefined);

export function dispatch(event: ScreenEvent): void {
  // What was said of the session before would seem to be about this one.
  if (event.type === 'view' && isAnotherSession(state.peek(), event.view)) clearNotice();
  state.value = step(state.value, event);
}

/** The current state, for code outside components. */
export function currentState(): typeof START {
  return state.peek();
}

export function open(page: Page): void {
  dispatch({ type: 'opened', page });
}

let noticeTimer: ReturnType<typeof setTimeout> | undefined;

/** @param session the id of the one it is about; it is not shown if another session is on the screen by now */
export function showNotice(tone: Notice['tone'], words: Words, session?: string): void {
  const shown = state.peek().view?.session;
  if (session !== undefined && shown !== undefined && 'id' in shown && shown.id !== session) return;
  clearTimeout(noticeTimer);
  notice.value = { tone, words };
  noticeTimer = setTimeout(clearNotice, NOTICE_MS[tone]);
}

function clearNotice(): void {
  clearTimeout(noticeTimer);
  notice.value = undefined;
}
