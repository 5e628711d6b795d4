import type { SessionView } from '../protocol/view.ts';
import type { SessionControl } from '../session/port.ts';
import type { PracticeControl } from './port.ts';

type Readiness = Pick<SessionControl, 'session' | 'onChange'>;

/** For the aiming ring: while an image of practice is checked or explained, the kiosk is not ready either. */
export function readiness(
  session: Readiness,
  practice: Pick<PracticeControl, 'current' | 'onChange'>,
): Readiness {
  const now = (): SessionView => {
    const state = practice.current()?.state ?? 'aiming';
    return state === 'aiming' ? session.session() : { state: 'checking', id: 'practice', source: 'camera' };
  };
  return {
    session: now,
    onChange: (listener) => {
      const ends = [
        session.onChange(listener),
        practice.onChange(() => {
          listener(now());
        }),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
