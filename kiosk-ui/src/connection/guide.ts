import { effect, signal } from '@preact/signals';
import { GUIDE_STEPS, type GuideStep, type GuideView } from '#protocol/guide.ts';
import { isGuideView } from './answers.ts';
import { getJson, postJson } from './http.ts';
import { currentState, open, screen, showNotice } from '../state/state.ts';

const READ_MS = 3_000;

/** The first-run guide as last reported by the kiosk. */
export const guide = signal<GuideView | undefined>(undefined);

export async function readGuide(): Promise<GuideView | undefined> {
  const answer = await getJson('/api/guide', isGuideView, AbortSignal.timeout(READ_MS));
  if (answer.ok) guide.value = answer.value;
  return answer.ok ? answer.value : undefined;
}

/** @param step null ends the guide */
export async function goInGuide(step: GuideStep | null): Promise<boolean> {
  const answer = await postJson('/api/guide', isGuideView, { step });
  if (answer.ok) guide.value = answer.value;
  else showNotice('problem', answer.words);
  return answer.ok;
}

/** Opens the guide where it was left, or, once it was closed, at its first step. */
export async function openGuide(): Promise<void> {
  const { step = null } = guide.value ?? (await readGuide()) ?? {};
  if (step !== null || (await goInGuide(GUIDE_STEPS[0]))) open('guide');
}

/** Opens the guide, where it was left, whenever somebody comes to the live screen after a start or a pause. */
export function watchGuide(): void {
  let before = 'offline';
  effect(() => {
    const now = screen.value;
    const arrived = now === 'ready' && (before === 'offline' || before === 'privacy');
    before = now;
    if (!arrived) return;
    void readGuide().then((found) => {
      // Somebody may have gone on meanwhile.
      const { page, view } = currentState();
      if ((found?.step ?? null) !== null && page === 'live' && view?.session.state === 'ready') open('guide');
    });
  });
}
