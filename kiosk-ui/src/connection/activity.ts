import { presence } from './socket.ts';
import { currentState } from '../state/state.ts';

/** How often a touch is told on, ms: the service counts in minutes. */
const TOLD_EVERY_MS = 5_000;

/** How often the page says that it draws, ms. */
const BEAT_EVERY_MS = 5_000;

/** Tells the service that somebody is there, and that this page draws. */
export function reportActivity(): void {
  let toldAt = -Infinity;
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(
      type,
      () => {
        const now = performance.now();
        // The first touch of a cleared screen is what brings it back: it does not wait.
        if (now - toldAt < TOLD_EVERY_MS && currentState().view?.idle !== true) return;
        toldAt = now;
        presence('active');
      },
      { capture: true },
    );
  }
  setInterval(() => {
    // Only a page that is drawn gets the call.
    requestAnimationFrame(() => {
      presence('beat');
    });
  }, BEAT_EVERY_MS);
}
