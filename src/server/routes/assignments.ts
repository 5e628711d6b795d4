import { Type, type Static } from '@sinclair/typebox';
import type { Assignment } from '../../protocol/context.ts';
import type { AssignmentAnswer } from '../../protocol/http.ts';
import type { ImageStore } from '../../retention/port.ts';
import type { SessionStore } from '../../store/port.ts';
import { Reference } from '../context-change.ts';
import type { HttpApp } from '../http.ts';
import { jsonAnswer, writeResponses } from '../schemas/responses.ts';
import { exact, schemaFor } from '../schemas/schema-for.ts';
import { SessionDetailSchema } from '../schemas/sessions.ts';
import { LesionViewSchema } from '../schemas/view.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { ById } from './by-id.ts';
import type { PatientControl } from './context.ts';
import { detailOf } from './pictures.ts';

const AssignmentSchema = schemaFor<Assignment>()(
  'Assignment',
  Type.Object(
    {
      reference: Type.Union([Reference, Type.Null()], {
        description: 'The patient, who may be new; null for nobody',
      }),
      lesion: Type.Optional(
        Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()], {
          description: 'One of the lesions of this patient; null or absent for none',
        }),
      ),
    },
    exact,
  ),
);

export const AssignmentAnswerSchema = schemaFor<AssignmentAnswer>()(
  'AssignmentAnswer',
  Type.Object({ session: SessionDetailSchema, lesions: Type.Array(LesionViewSchema) }, exact),
);

const schema = {
  operationId: 'assignSession',
  summary: 'Give a session to a patient and one of their lesions, or to nobody',
  tags: ['sessions'],
  params: ById,
  body: AssignmentSchema,
  response: writeResponses(
    { 200: jsonAnswer('The updated session, and the lesions of its patient', AssignmentAnswerSchema) },
    404,
    422,
    503,
  ),
};

interface Parts {
  readonly store: SessionStore;
  readonly images: ImageStore;
  readonly context: Pick<PatientControl, 'assign'>;
  readonly unlockGuard: UnlockGuard;
}

/** `POST /api/sessions/:id/assignment`: whose a closed session is, which may be said or corrected at any time. */
export function addAssignmentRoute(app: HttpApp, { store, images, context, unlockGuard }: Parts): void {
  app.post<{ Params: Static<typeof ById>; Body: Assignment }>(
    '/api/sessions/:id/assignment',
    { schema },
    (request): AssignmentAnswer => {
      const { params, body } = request;
      const lesions = context.assign(params.id, body, unlockGuard.authorOf(request));
      return { session: detailOf({ store, images }, params.id), lesions };
    },
  );
}
