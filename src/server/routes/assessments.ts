import { Type, type Static } from '@sinclair/typebox';
import {
  ASSESSMENT_KINDS,
  CLINICIAN_VERDICTS,
  HISTOLOGY_FINDINGS,
  OPINIONS,
  type Assessment,
  type AssessmentKind,
} from '../../protocol/assessments.ts';
import type { PictureKeeper } from '../../retention/port.ts';
import type { SessionStore } from '../../store/port.ts';
import type { App } from '../http.ts';
import { Refusal } from '../http-error.ts';
import { ById } from './by-id.ts';
import { withKept } from './pictures.ts';

const kindIs = (kind: AssessmentKind) => ({ required: ['kind'], properties: { kind: { const: kind } } });

/** By conditions instead of a union, so that a wrong value is told with those that are right for its kind. */
const Body = Type.Unsafe<Assessment>({
  type: 'object',
  required: ['kind', 'value'],
  additionalProperties: false,
  properties: { kind: { enum: [...ASSESSMENT_KINDS] }, value: {}, opinion: { enum: [...OPINIONS] } },
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

/** `POST /api/sessions/:id/assessments`: an edit of the clinician's verdict or of the histology; the session as it is then. */
export function addAssessmentRoute(
  app: App,
  { store, keeper }: { readonly store: SessionStore; readonly keeper: PictureKeeper },
): void {
  app.post<{ Params: Static<typeof ById>; Body: Static<typeof Body> }>(
    '/api/sessions/:id/assessments',
    { schema: { params: ById, body: Body } },
    ({ params, body }, answer) => {
      store.addAssessment(params.id, body);
      const detail = store.get(params.id);
      if (detail === undefined) throw new Refusal('session/unknown');
      return answer.code(201).send(withKept(detail, keeper));
    },
  );
}
