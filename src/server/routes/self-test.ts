import type { SelfTestControl } from '../../diagnostics/port.ts';
import { isUnderWay } from '../../protocol/view.ts';
import { NO_PRESS, type ButtonTest } from '../../protocol/diagnostics.ts';
import type { SessionControl } from '../../session/port.ts';
import type { HttpApp, HttpReply } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { ButtonTestSchema, LampTestSchema, SelfTestReportSchema } from '../schemas/reports.ts';

const RUN = {
  operationId: 'runSelfTest',
  summary: 'Run the self-test',
  tags: ['diagnostics'],
  response: readResponses({ 200: jsonAnswer('The findings', SelfTestReportSchema) }),
};

const BUTTON = {
  operationId: 'testButton',
  summary: 'Wait up to ten seconds for a press of the hardware button; it starts no capture',
  tags: ['diagnostics'],
  response: writeResponses({ 200: jsonAnswer('Whether it was pressed', ButtonTestSchema) }, 409),
};

const LAMP = {
  operationId: 'testLamp',
  summary: 'Blink the lamp for three seconds',
  tags: ['diagnostics'],
  response: writeResponses({ 200: jsonAnswer('Whether it blinks', LampTestSchema) }),
};

interface Parts {
  readonly selfTest: SelfTestControl;
  readonly session: SessionControl;
}

/** The kiosk's self-test, and its two parts that need a person to press or look. */
export function addSelfTestRoutes(app: HttpApp, { selfTest, session }: Parts): void {
  app.get('/api/self-test', { schema: RUN }, () => selfTest.run());
  app.post('/api/self-test/button', { schema: BUTTON }, async (_request, answer): Promise<ButtonTest> => {
    // During a session the button belongs to the session.
    if (isUnderWay(session.session())) {
      throw new HttpError('session/busy');
    }
    const press = await selfTest.nextPress(whileOpen(answer));
    return press === undefined ? { pressed: false, ...NO_PRESS } : { pressed: true, ...press };
  });
  app.post('/api/self-test/lamp', { schema: LAMP }, () => selfTest.testLamp());
}

/** Aborted when the client has disconnected: a screen that was left must not swallow the next press. */
function whileOpen({ raw }: HttpReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}
