import { gestureTimes } from '../../src/button/press-policy.ts';
import type { SessionPage } from '../../src/protocol/http.ts';
import type { View } from '../../src/protocol/view.ts';
import { until } from './until.ts';

const { doublePressMs } = gestureTimes({ buttonDebounceMs: 0, buttonLongPressMs: 0 });

/**
 * Waits until a press would start a session: none is in progress, and the last press was so long ago that this one is not the second of a
 * double press. The kiosk's log has the time of the last press, whether by a button, a request or a signal.
 */
export async function untilPressCounts(url: string): Promise<void> {
  const get = async (path: string): Promise<unknown> => (await fetch(new URL(path, url))).json();
  let state = '';
  await until(
    () => `a session that is over, not ${state}`,
    async () => {
      ({ state } = ((await get('/api/view')) as View).session);
      if (!['ready', 'asking', 'opinion', 'showing', 'retake', 'fault'].includes(state)) return false;
      const [last] = ((await get('/api/sessions?limit=1')) as SessionPage).sessions;
      return last === undefined || Date.now() - Date.parse(last.openedAt) > doublePressMs;
    },
  );
}
