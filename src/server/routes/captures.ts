import type { Clock } from '../../lib/clock.ts';
import { KioskError } from '../../lib/errors.ts';
import type { CaptureAnswer } from '../../protocol/http.ts';
import { RETAKE_REASONS } from '../../protocol/reasons.ts';
import type { SessionHead } from '../../protocol/view.ts';
import type { SessionControl } from '../../session/port.ts';
import type { HttpApp } from '../http.ts';
import { addMultipart, receiveImage, requireMultipart } from '../multipart.ts';
import { HttpError } from '../http-error.ts';
import { jsonAnswer, writeResponses } from '../schemas/responses.ts';
import { CaptureAnswerSchema } from '../schemas/sessions.ts';

const schema = {
  operationId: 'uploadCapture',
  summary: 'Classify an image file, as a press of the button classifies a camera frame',
  tags: ['capture'],
  consumes: ['multipart/form-data'],
  response: writeResponses(
    { 200: jsonAnswer('The result, or why the image must be retaken', CaptureAnswerSchema) },
    409,
    422,
    503,
  ),
};

/** Every upload in progress is held in memory completely. */
const MAX_RECEIVING = 2;

interface Parts {
  readonly session: SessionControl;
  readonly maxBytes: number;
  readonly clock: Clock;
}

/** `POST /api/captures`: processes an uploaded image in the same way, through the same gates, as a press. */
export function addCaptureRoute(app: HttpApp, { session, maxBytes, clock }: Parts): void {
  let receiving = 0;
  // In its own scope: no other route accepts a form.
  app.register((scope, _options, done) => {
    addMultipart(scope);
    scope.post(
      '/api/captures',
      {
        schema,
        onRequest: (request, _answer, next) => {
          requireMultipart(request);
          next();
        },
      },
      async (request): Promise<CaptureAnswer> => {
        if (receiving >= MAX_RECEIVING) throw new HttpError('session/busy');
        receiving += 1;
        const picture = await receiveImage(request, maxBytes).finally(() => {
          receiving -= 1;
        });
        const { id } = session.press({ source: 'upload', at: clock.monotonic(), picture });
        return captureAnswer(await session.finished(id));
      },
    );
    done();
  });
}

/** @throws HttpError with the fault of the session */
export function captureAnswer(view: Awaited<ReturnType<SessionControl['finished']>>): CaptureAnswer {
  if (view.state === 'fault') throw new HttpError(view.code);
  const head = { id: view.id, number: numberOf(view) };
  if (view.state === 'retake') {
    return { ...head, outcome: 'retake', reason: view.reason, ...RETAKE_REASONS[view.reason] };
  }
  return { ...head, outcome: view.result.outcome, result: view.result };
}

function numberOf({ number }: SessionHead): number {
  if (number === undefined) throw new KioskError('internal/error', 'a finished session has no number');
  return number;
}
