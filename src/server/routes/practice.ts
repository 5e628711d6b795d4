import { codeOf } from '../../lib/errors.ts';
import type { PracticeControl } from '../../practice/port.ts';
import type { PracticeAction, PracticeAnswer } from '../../protocol/practice.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { isLocalScreen } from '../local-screen.ts';
import { PracticeAnswerSchema, PracticeCommandSchema } from '../schemas/practice.ts';
import { jsonAnswer, writeResponses } from '../schemas/responses.ts';

const ACT = {
  operationId: 'practise',
  summary: 'Begin, continue or end practice on simulated images; from the kiosk’s own screen only',
  tags: ['capture'],
  body: PracticeCommandSchema,
  response: writeResponses({ 200: jsonAnswer('Practice as it is now', PracticeAnswerSchema) }, 409, 503),
};

/** Practice. Its state is part of the View. */
export function addPracticeRoute(app: HttpApp, { practice }: { readonly practice: PracticeControl }): void {
  app.post<{ Body: { readonly action: PracticeAction } }>(
    '/api/practice',
    { schema: ACT },
    ({ headers, ip, body }): PracticeAnswer => {
      if (!isLocalScreen(headers, ip)) throw new HttpError('request/refused');
      try {
        practice.act(body.action);
      } catch (error) {
        // Not an invalid request: it came at the wrong time.
        throw codeOf(error) === 'request/invalid'
          ? new HttpError('request/invalid', { status: 409, cause: error })
          : error;
      }
      return { practice: practice.current() ?? null };
    },
  );
}
