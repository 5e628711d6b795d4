import { Type, type Static } from '@sinclair/typebox';
import { SEARCH_MAX } from '../../protocol/log-query.ts';
import type { PatientReader } from '../../store/port.ts';
import type { HttpApp } from '../http.ts';
import { HttpError } from '../http-error.ts';
import { PatientPageSchema, PatientViewSchema } from '../schemas/patients.ts';
import { jsonAnswer, readResponses } from '../schemas/responses.ts';
import { ById } from './by-id.ts';

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

/** The patients that were entered. Reading one does not select them. */
export function addPatientRoutes(app: HttpApp, { patients }: { readonly patients: PatientReader }): void {
  app.get<{ Querystring: Static<typeof Page> }>('/api/patients', { schema: LIST }, ({ query }) =>
    patients.page(query),
  );
  app.get<{ Params: Static<typeof ById> }>('/api/patients/:id', { schema: ONE }, ({ params }) => {
    const found = patients.one(params.id);
    if (found === undefined) throw new HttpError('reference/unknown');
    return found;
  });
}
