import { Type, type Static } from '@sinclair/typebox';
import {
  REVIEW_KINDS,
  CLINICIAN_VERDICTS,
  HISTOLOGY_FINDINGS,
  OPINIONS,
  type ReviewEntry,
  type ReviewKind,
} from '../../protocol/assessments.ts';
import type { ImageStore } from '../../retention/port.ts';
import type { SessionStore } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { jsonAnswer, writeResponses } from '../schemas/responses.ts';
import { SessionDetailSchema } from '../schemas/sessions.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { ById } from './by-id.ts';
import { detailOf } from './pictures.ts';

const kindIs = (kind: ReviewKind) => ({ required: ['kind'], properties: { kind: { const: kind } } });

/** Conditions instead of a union, so that an error lists the values that are valid for the kind. */
const Body = Type.Unsafe<ReviewEntry>({
  type: 'object',
  required: ['kind', 'value'],
  additionalProperties: false,
  properties: { kind: { enum: [...REVIEW_KINDS] }, value: {}, opinion: { enum: [...OPINIONS] } },
  allOf: [
    {
      if: kindIs('clinician'),
      then: { properties: { value: { enum: [...CLINICIAN_VERDICTS, null] } } },
    },
    {
      if: kindIs('histology'),
      then: { properties: { value: { enum: [...HISTOLOGY_FINDINGS, null] }, opinion: false } },
    },
    { if: { properties: { value: { const: null } } }, then: { properties: { opinion: false } } },
  ],
});

const schema = {
  operationId: 'addReview',
  summary: 'Record, change or withdraw a clinician’s verdict or a histology',
  tags: ['sessions'],
  params: ById,
  body: Body,
  response: writeResponses({ 201: jsonAnswer('The updated session', SessionDetailSchema) }, 404, 409, 503),
};

/**
 * `POST /api/sessions/:id/assessments`: edits the clinician's verdict or the histology; responds with the updated
 * session.
 */
export function addReviewRoute(
  app: HttpApp,
  {
    store,
    images,
    unlockGuard,
  }: { readonly store: SessionStore; readonly images: ImageStore; readonly unlockGuard: UnlockGuard },
): void {
  app.post<{ Params: Static<typeof ById>; Body: Static<typeof Body> }>(
    '/api/sessions/:id/assessments',
    { schema },
    (request, answer) => {
      const { params, body } = request;
      store.addReview(params.id, body, unlockGuard.authorOf(request));
      return answer.code(201).send(detailOf({ store, images }, params.id));
    },
  );
}
