import type { Static } from '@sinclair/typebox';
import type { OperatorControl } from '../../operators/port.ts';
import type { Credential, NewOperator, OperatorChange } from '../../protocol/operators.ts';
import type { HttpApp, HttpRequest } from '../http.ts';
import { HttpError } from '../http-error.ts';
import {
  CredentialSchema,
  NewOperatorSchema,
  OperatorChangeSchema,
  OperatorListSchema,
  OperatorViewSchema,
  UnlockAnswerSchema,
  UnlockStateSchema,
} from '../schemas/operators.ts';
import { jsonAnswer, readResponses, writeResponses } from '../schemas/responses.ts';
import { cookieOf, tokenIn, type UnlockGuard } from '../unlock-guard.ts';
import { ById } from './by-id.ts';

const STATE = {
  operationId: 'getUnlock',
  summary: 'Whether the log, patients and settings are locked, and who has unlocked them',
  tags: ['operators'],
  response: readResponses({ 200: jsonAnswer('How to unlock', UnlockStateSchema) }, 503),
};

const UNLOCK = {
  operationId: 'unlock',
  summary: 'Unlock with a badge, an operator’s PIN, or the PIN of the settings',
  tags: ['operators'],
  body: CredentialSchema,
  response: writeResponses(
    { 200: jsonAnswer('Unlocked; the token is set as a cookie too', UnlockAnswerSchema) },
    404,
    503,
  ),
};

const LOCK = {
  operationId: 'lock',
  summary: 'End the unlock',
  tags: ['operators'],
  response: writeResponses({ 204: { description: 'Locked', type: 'null' } }),
};

const LIST = {
  operationId: 'listOperators',
  summary: 'All operators, also the inactive ones',
  tags: ['operators'],
  response: readResponses(
    {
      200: jsonAnswer('The operators, by name', OperatorListSchema),
    },
    403,
    503,
  ),
};

const ADD = {
  operationId: 'addOperator',
  summary: 'Add an operator',
  tags: ['operators'],
  body: NewOperatorSchema,
  response: writeResponses({ 201: jsonAnswer('The operator', OperatorViewSchema) }, 409, 422, 503),
};

const CHANGE = {
  operationId: 'changeOperator',
  summary: 'Rename an operator, replace a badge or a PIN, or deactivate the operator',
  tags: ['operators'],
  params: ById,
  body: OperatorChangeSchema,
  response: writeResponses({ 200: jsonAnswer('The operator', OperatorViewSchema) }, 404, 409, 422, 503),
};

interface Parts {
  readonly operators: OperatorControl;
  readonly unlockGuard: UnlockGuard;
}

/** Unlocking, for screens and programs, and the list of the operators, for whoever may change the settings. */
export function addOperatorRoutes(app: HttpApp, { operators, unlockGuard }: Parts): void {
  app.get('/api/unlock', { schema: STATE }, ({ headers }) => operators.state(tokenIn(headers)));
  app.post<{ Body: Credential }>('/api/unlock', { schema: UNLOCK }, async ({ headers, body }, answer) => {
    const token = await operators.unlock(body, tokenIn(headers));
    return answer.header('set-cookie', cookieOf(token)).send({ ...(await operators.state(token)), token });
  });
  app.delete('/api/unlock', { schema: LOCK }, ({ headers }, answer) => {
    operators.lock(tokenIn(headers));
    return answer.header('set-cookie', cookieOf(undefined)).code(204).send();
  });

  /** Even if nothing else is locked: whoever adds an operator could lock everybody out. */
  const manager = (request: HttpRequest): string => {
    const holder = unlockGuard.holderOf(request);
    if (holder?.settings !== true) throw new HttpError('settings/locked');
    return holder.operator;
  };
  app.get('/api/operators', { schema: LIST }, (request) => {
    manager(request);
    return { operators: operators.list() };
  });
  app.post<{ Body: NewOperator }>('/api/operators', { schema: ADD }, async (request, answer) =>
    answer.code(201).send(await operators.add(request.body, manager(request))),
  );
  app.patch<{ Params: Static<typeof ById>; Body: OperatorChange }>(
    '/api/operators/:id',
    { schema: CHANGE },
    (request) => operators.change(request.params.id, request.body, manager(request)),
  );
}
