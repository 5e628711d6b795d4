import { reportPresence } from './socket.ts';
import { currentState } from '../state/state.ts';

/** How often a touch is told on, ms: the service counts in minutes. */
const REPORT_EVERY_MS = 5_000;

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
        if (now - toldAt < REPORT_EVERY_MS && currentState().view?.idle !== true) return;
        toldAt = now;
        reportPresence('active');
      },
      { capture: true },
    );
  }
  setInterval(() => {
    // Only a page that is drawn gets the call.
    requestAnimationFrame(() => {
      reportPresence('beat');
    });
  }, BEAT_EVERY_MS);
}
