import { Type } from '@sinclair/typebox';
import {
  BADGE_LENGTH,
  NAME_MAX,
  type Credential,
  type NewOperator,
  type OperatorChange,
  type OperatorList,
  type OperatorView,
  type UnlockAnswer,
  type UnlockState,
  type UnlockView,
} from '../../protocol/operators.ts';
import { PIN_LENGTH } from '../../protocol/pin.ts';
import { Flag, Id, Text } from './fields.ts';
import { exact, schemaFor } from './schema-for.ts';

const Milliseconds = Type.Number({ minimum: 0 });

/** Its strength is checked by the service, with an error of its own. */
const Pin = Type.String({ minLength: 1, maxLength: PIN_LENGTH.most, writeOnly: true });

/** Twice the length: surrounding spaces are trimmed. */
const Badge = Type.String({ minLength: 1, maxLength: 2 * BADGE_LENGTH.most, writeOnly: true });

const Name = Type.String({ minLength: 1, maxLength: 2 * NAME_MAX });

export const CredentialSchema = schemaFor<Credential>()(
  'Credential',
  Type.Union([
    Type.Object({ badge: Badge }, exact),
    Type.Object({ operator: Type.String({ minLength: 1, maxLength: 64 }), pin: Pin }, exact),
    Type.Object({ pin: Pin }, exact),
  ]),
);

export const UnlockViewSchema = schemaFor<UnlockView>()(
  'Unlock',
  Type.Object({ operator: Id, name: Type.Optional(Text), settings: Flag }, exact),
);

const STATE = {
  required: Flag,
  operators: Type.Array(Type.Object({ id: Id, name: Text, pin: Flag, waitMs: Milliseconds }, exact)),
  badges: Flag,
  badgePrefix: Text,
  badgeWaitMs: Milliseconds,
  pin: Flag,
  pinWaitMs: Milliseconds,
  unlocked: Type.Optional(UnlockViewSchema),
};

export const UnlockStateSchema = schemaFor<UnlockState>()('UnlockState', Type.Object(STATE, exact));

export const UnlockAnswerSchema = schemaFor<UnlockAnswer>()(
  'UnlockAnswer',
  Type.Object({ ...STATE, token: Text }, exact),
);

export const OperatorViewSchema = schemaFor<OperatorView>()(
  'Operator',
  Type.Object({ id: Id, name: Text, active: Flag, settings: Flag, badge: Flag, pin: Flag }, exact),
);

export const OperatorListSchema = schemaFor<OperatorList>()(
  'OperatorList',
  Type.Object({ operators: Type.Array(OperatorViewSchema) }, exact),
);

export const NewOperatorSchema = schemaFor<NewOperator>()(
  'NewOperator',
  Type.Object(
    {
      name: Name,
      settings: Type.Optional(Flag),
      badge: Type.Optional(Badge),
      pin: Type.Optional(Pin),
    },
    exact,
  ),
);

export const OperatorChangeSchema = schemaFor<OperatorChange>()(
  'OperatorChange',
  Type.Object(
    {
      name: Type.Optional(Name),
      active: Type.Optional(Flag),
      settings: Type.Optional(Flag),
      badge: Type.Optional(Type.Union([Badge, Type.Null()])),
      pin: Type.Optional(Type.Union([Pin, Type.Null()])),
    },
    { ...exact, minProperties: 1 },
  ),
);
