import { signal } from '@preact/signals';
import type { UnlockView } from '#protocol/operators.ts';

/** Who has unlocked this screen, as far as it knows. */
export const unlocked = signal<UnlockView | undefined>(undefined);

/** Whether something waits for an unlock: the unlock dialog is open. */
export const unlockAsked = signal(false);

let waiting: ((unlocked: boolean) => void)[] = [];

/** Opens the unlock dialog. Resolves with whether the screen was unlocked. */
export function askUnlock(): Promise<boolean> {
  unlocked.value = undefined;
  unlockAsked.value = true;
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

/** Closes the unlock dialog; what has waited for it goes on, or is given up. */
export function answerUnlock(done: boolean): void {
  const asked = waiting;
  waiting = [];
  unlockAsked.value = false;
  for (const resolve of asked) resolve(done);
}
