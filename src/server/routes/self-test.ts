import type { SelfTestControl } from '../../diagnostics/port.ts';
import { isUnderWay } from '../../protocol/view.ts';
import { NO_PRESS, type ButtonTest } from '../../protocol/diagnostics.ts';
import type { SessionControl } from '../../session/port.ts';
import type { HttpApp, HttpReply } from '../http.ts';
import { HttpError } from '../http-error.ts';

interface Parts {
  readonly selfTest: SelfTestControl;
  readonly session: SessionControl;
}

/** The kiosk's own check-up, and the two parts of it that need somebody who presses or looks. */
export function addSelfTestRoutes(app: HttpApp, { selfTest, session }: Parts): void {
  app.get('/api/self-test', () => selfTest.run());
  app.post('/api/self-test/button', async (_request, answer): Promise<ButtonTest> => {
    // The button belongs to the session that is under way.
    if (isUnderWay(session.session())) {
      throw new HttpError('session/busy');
    }
    const press = await selfTest.nextPress(whileOpen(answer));
    return press === undefined ? { pressed: false, ...NO_PRESS } : { pressed: true, ...press };
  });
  app.post('/api/self-test/lamp', () => selfTest.testLamp());
}

/** Aborted when whoever asked has gone: a screen that was left must not swallow the next press. */
function whileOpen({ raw }: HttpReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}
