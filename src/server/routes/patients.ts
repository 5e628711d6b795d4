import { Type, type Static } from '@sinclair/typebox';
import { SEARCH_MAX } from '../../protocol/log-query.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PatientChange } from '../../protocol/patient-details.ts';
import type { PatientView } from '../../protocol/patients.ts';
import type { PatientReader } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { PatientChangeSchema, PatientPageSchema, PatientViewSchema } from '../schemas/patients.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import type { UnlockGuard } from '../unlock-guard.ts';
import { ById } from './by-id.ts';
import type { PatientControl } from './context.ts';

const Page = Type.Object(
  {
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: SEARCH_MAX,
        description: 'A part of the reference, or of an earlier one',
      }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    from: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  },
  { additionalProperties: false },
);

const LIST = {
  operationId: 'listPatients',
  summary: 'The patients, those with the latest sessions first',
  tags: ['context'],
  querystring: Page,
  response: readResponses({ 200: jsonAnswer('A page of patients', PatientPageSchema) }, 400, 503),
};

const ONE = {
  operationId: 'getPatient',
  summary: 'A patient’s lesions with their last results, and visits',
  tags: ['context'],
  params: ById,
  response: readResponses({ 200: jsonAnswer('The patient', PatientViewSchema) }, 400, 404, 503),
};

const CHANGE = {
  operationId: 'describePatient',
  summary: 'Record the skin phototype and the year of birth of a patient',
  tags: ['context'],
  params: ById,
  body: PatientChangeSchema,
  response: writeResponses({ 200: jsonAnswer('The updated patient', PatientViewSchema) }, 404, 503),
};

interface Parts {
  readonly patients: PatientReader;
  readonly context: Pick<PatientControl, 'describe'>;
  readonly clock: Clock;
  readonly unlockGuard: UnlockGuard;
}

/** The patients that were entered. Reading one does not select them. */
export function addPatientRoutes(app: HttpApp, { patients, context, clock, unlockGuard }: Parts): void {
  app.get<{ Querystring: Static<typeof Page> }>('/api/patients', { schema: LIST }, ({ query }) =>
    patients.page(query),
  );
  app.get<{ Params: Static<typeof ById> }>('/api/patients/:id', { schema: ONE }, ({ params }) => {
    return one(params.id);
  });
  app.patch<{ Params: Static<typeof ById>; Body: PatientChange }>(
    '/api/patients/:id',
    { schema: CHANGE },
    (request) => {
      const { params, body } = request;
      if ((body.birthYear ?? 0) > new Date(clock.wall()).getFullYear())
        throw new HttpError('request/invalid', { cure: '“birthYear” must not be in the future.' });
      one(params.id);
      context.describe(params.id, body, unlockGuard.authorOf(request));
      return one(params.id);
    },
  );

  function one(id: string): PatientView {
    const found = patients.one(id);
    if (found === undefined) throw new HttpError('reference/unknown');
    return found;
  }
}
