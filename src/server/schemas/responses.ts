import { Type, type TSchema } from '@sinclair/typebox';
import type { ErrorBody } from '../../protocol/http.ts';
import { FAULTS } from '../../protocol/reasons.ts';
import { WordsFields } from './fields.ts';
import { exact, keyOf, schemaFor } from './schema-for.ts';

export const FaultCodeSchema = { ...keyOf(FAULTS), title: 'FaultCode' };

export const ErrorBodySchema = schemaFor<ErrorBody>()(
  'ErrorBody',
  Type.Object({ error: Type.Object({ code: FaultCodeSchema, ...WordsFields }, exact) }, exact),
);

/** Why a request is rejected, by status; the code in the body gives the exact reason. */
const REFUSED = {
  400: 'The request is invalid',
  401: 'Locked: an operator must unlock first',
  403: 'Not allowed from this origin, or the PIN, the badge or the settings do not allow it',
  404: 'There is no such session, lesion, image or operator',
  409: 'Not possible in the current state',
  413: 'The body is too large',
  415: 'The content type is not supported',
  421: 'The Host header names another host',
  422: 'The content cannot be used',
  429: 'Too many writes in a short time',
  500: 'Stored data is damaged',
  503: 'A component of the kiosk is not ready',
  507: 'The disk is full',
} as const;

export type RefusalStatus = keyof typeof REFUSED;

type Responses = Readonly<Record<number, unknown>>;

const refusals = (statuses: readonly RefusalStatus[]): Responses =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: REFUSED[status], content: { 'application/json': { schema: ErrorBodySchema } } },
    ]),
  );

/** One response with a JSON body. */
export const jsonAnswer = (description: string, schema: TSchema): unknown => ({
  description,
  content: { 'application/json': { schema } },
});

/** The responses of a route that reads. */
export const readResponses = (success: Responses, ...refused: readonly RefusalStatus[]): Responses => ({
  ...success,
  ...refusals([...refused, 421]),
});

/** The responses of a route that writes: each request may be rejected for its origin, its rate or its body. */
export const writeResponses = (success: Responses, ...refused: readonly RefusalStatus[]): Responses => ({
  ...success,
  ...refusals([...refused, 400, 403, 413, 415, 421, 429]),
});
