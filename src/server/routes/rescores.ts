import type { Static } from '@sinclair/typebox';
import type { ImageStore } from '../../retention/port.ts';
import type { SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { jsonAnswer, writeResponses } from '../schemas/responses.ts';
import { SessionDetailSchema } from '../schemas/sessions.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { ById } from './by-id.ts';
import { detailOf } from './pictures.ts';

/** Scores a stored image with the current model; implemented by `Rescorer`. */
export interface SessionRescorer {
  rescore(id: string, operator?: string): Promise<void>;
}

interface Parts {
  readonly store: SessionStore;
  readonly images: ImageStore;
  readonly rescorer: SessionRescorer;
  readonly unlockGuard: UnlockGuard;
}

const schema = {
  operationId: 'rescoreSession',
  summary: 'Score the stored image of a session again, with the current model',
  tags: ['sessions'],
  params: ById,
  response: writeResponses(
    { 201: jsonAnswer('The session with its own result and the new one', SessionDetailSchema) },
    404,
    409,
    422,
    500,
    503,
  ),
};

/** `POST /api/sessions/:id/rescore`: the session's own result stays as it is. */
export function addRescoreRoute(app: HttpApp, { store, images, rescorer, unlockGuard }: Parts): void {
  app.post<{ Params: Static<typeof ById> }>(
    '/api/sessions/:id/rescore',
    { schema },
    async (request, answer) => {
      const { id } = request.params;
      await rescorer.rescore(id, unlockGuard.authorOf(request));
      return answer.code(201).send(detailOf({ store, images }, id));
    },
  );
}
