import { codeOf } from '../../lib/errors.ts';
import type { PressControl, SessionControl } from '../../session/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import type { ViewSource } from '../view-source.ts';

interface Parts {
  readonly session: SessionControl;
  readonly button: PressControl;
  readonly view: ViewSource;
}

/** What the screen shows, and what the button and its keys do, for programs. */
export function addSessionRoutes(app: HttpApp, { session, button, view }: Parts): void {
  app.get('/api/view', () => view.current());
  app.post('/api/press', (_request, answer) => {
    const { id } = button.press();
    return answer.code(202).send({ id });
  });
  for (const command of ['accept', 'discard', 'dismiss'] as const) {
    app.post(`/api/${command}`, (_request, answer) => {
      conflictUnlessPossible(() => {
        session[command]();
      });
      return answer.code(204).send();
    });
  }
}

/** Accepting where there is no result is no fault of the request's form: it came at the wrong time. */
function conflictUnlessPossible(command: () => void): void {
  try {
    command();
  } catch (error) {
    throw codeOf(error) === 'request/invalid'
      ? new HttpError('request/invalid', { status: 409, cause: error })
      : error;
  }
}
