import { reportPresence } from './socket.ts';
import { currentState } from '../state/state.ts';

/** Minimum interval between activity reports, ms: the service counts in minutes. */
const REPORT_EVERY_MS = 5_000;

/** Interval of the rendering heartbeat, ms. */
const BEAT_EVERY_MS = 5_000;

/** Reports user activity and that this page is rendering. */
export function reportActivity(): void {
  let reportedAt = -Infinity;
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(
      type,
      () => {
        const now = performance.now();
        // The first touch of a cleared screen restores it, so it is sent immediately.
        if (now - reportedAt < REPORT_EVERY_MS && currentState().view?.idle !== true) return;
        reportedAt = now;
        reportPresence('active');
      },
      { capture: true },
    );
  }
  setInterval(() => {
    // Called only while the page is rendering.
    requestAnimationFrame(() => {
      reportPresence('beat');
    });
  }, BEAT_EVERY_MS);
}
