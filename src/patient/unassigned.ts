import type { Clock } from '../lib/clock.ts';
import { dayBounds, dayOf } from '../lib/local-day.ts';
import type { ContextStore, SessionStore } from '../store/port.ts';

interface Parts {
  readonly store: Pick<SessionStore, 'counter'> & { readonly context: Pick<ContextStore, 'any'> };
  readonly clock: Pick<Clock, 'wall'>;
}

/**
 * Today's results, withheld ones included, that belong to no patient; `undefined` on a kiosk without patients, and while
 * the log cannot be read.
 */
export function unassignedToday({ store, clock }: Parts): number | undefined {
  const day = dayBounds(dayOf(clock.wall()));
  if (day === undefined) return undefined;
  try {
    if (!store.context.any()) return undefined;
    const counts = store.counter({ patient: 'none' })(day.from, day.before);
    return counts
      .filter(({ outcome }) => outcome === 'result' || outcome === 'withheld')
      .reduce((sum, { sessions }) => sum + sessions, 0);
  } catch {
    // The failed disk is reported where something depends on it.
    return undefined;
  }
}
