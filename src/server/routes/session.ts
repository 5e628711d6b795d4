import { Type } from '@sinclair/typebox';
import { codeOf } from '../../lib/errors.ts';
import type { OpinionCommand } from '../../protocol/assessments.ts';
import type { AnswerCommand } from '../../protocol/context.ts';
import type { PressControl, SessionControl } from '../../session/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { Id } from '../schemas/fields.ts';
import { exact } from '../schemas/schema-for.ts';
import { AnswerCommandSchema, OpinionCommandSchema, ViewSchema } from '../schemas/view.ts';
import type { PatientControl } from './context.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import type { ViewSource } from '../view-source.ts';

const VIEW = {
  operationId: 'getView',
  summary: 'The current state of the kiosk',
  tags: ['capture'],
  response: readResponses({ 200: jsonAnswer('The whole current View', ViewSchema) }),
};

const PRESS = {
  operationId: 'press',
  summary: 'Capture now, like the button',
  tags: ['capture'],
  response: writeResponses(
    { 202: jsonAnswer('The session that was opened', Type.Object({ id: Id }, exact)) },
    409,
    503,
  ),
};

const ANSWER = {
  operationId: 'answer',
  summary: 'Answer the questions about the lesion that was captured',
  tags: ['capture'],
  body: AnswerCommandSchema,
  response: writeResponses({ 204: { description: 'Done', type: 'null' } }, 409, 503),
};

const OPINION = {
  operationId: 'giveOpinion',
  summary: 'Give an opinion of the lesion before its result is shown',
  tags: ['capture'],
  body: OpinionCommandSchema,
  response: writeResponses({ 204: { description: 'Done', type: 'null' } }, 409, 503),
};

const COMMANDS = {
  accept: 'Accept the current result',
  discard: 'Discard the current result',
  dismiss: 'Leave a retake or a fault',
} as const;

const RETAKE = {
  operationId: 'retake',
  summary: 'Capture the patient and the lesion of the result on the screen again',
  tags: ['capture'],
  response: PRESS.response,
};

interface Parts {
  readonly session: SessionControl;
  readonly button: PressControl;
  readonly context: Pick<PatientControl, 'retake'>;
  readonly view: ViewSource;
  readonly unlockGuard: UnlockGuard;
}

/** The current state, and the functions of the button and the on-screen buttons, for programs. */
export function addSessionRoutes(app: HttpApp, { session, button, context, view, unlockGuard }: Parts): void {
  app.get('/api/view', { schema: VIEW }, (request) =>
    unlockGuard.viewFor(view.current(), unlockGuard.holderOf(request) !== undefined),
  );
  app.post('/api/press', { schema: PRESS }, (_request, answer) => {
    const { id } = button.press();
    return answer.code(202).send({ id });
  });
  app.post('/api/retake', { schema: RETAKE }, (_request, answer) => {
    const { id } = conflictUnlessPossible(() => context.retake(() => button.press()));
    return answer.code(202).send({ id });
  });
  app.post<{ Body: AnswerCommand }>('/api/answer', { schema: ANSWER }, ({ body }, answer) => {
    conflictUnlessPossible(() => {
      session.answer(body);
    });
    return answer.code(204).send();
  });
  app.post<{ Body: OpinionCommand }>('/api/opinion', { schema: OPINION }, (request, answer) => {
    conflictUnlessPossible(() => {
      session.giveOpinion(request.body, unlockGuard.authorOf(request));
    });
    return answer.code(204).send();
  });
  for (const command of ['accept', 'discard', 'dismiss'] as const) {
    const schema = {
      operationId: command,
      summary: COMMANDS[command],
      tags: ['capture'],
      response: writeResponses({ 204: { description: 'Done', type: 'null' } }, 409, 503),
    };
    app.post(`/api/${command}`, { schema }, (_request, answer) => {
      conflictUnlessPossible(() => {
        session[command]();
      });
      return answer.code(204).send();
    });
  }
}

/** Accepting without a result is not an invalid request: it came at the wrong time. */
function conflictUnlessPossible<T>(command: () => T): T {
  try {
    return command();
  } catch (error) {
    throw codeOf(error) === 'request/invalid'
      ? new HttpError('request/invalid', { status: 409, cause: error })
      : error;
  }
}
