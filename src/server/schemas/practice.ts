import { Type } from '@sinclair/typebox';
import {
  PRACTICE_ACTIONS,
  PRACTICE_STEPS,
  type PracticeAction,
  type PracticeAnswer,
  type PracticeView,
} from '../../protocol/practice.ts';
import { RETAKE_REASONS } from '../../protocol/reasons.ts';
import { Flag } from './fields.ts';
import { FaultCodeSchema } from './responses.ts';
import { exact, keyOf, oneOf, schemaFor } from './schema-for.ts';

const HEAD = { step: oneOf(PRACTICE_STEPS), cured: Flag };

export const PracticeViewSchema = schemaFor<PracticeView>()(
  'Practice',
  Type.Union(
    [
      Type.Object({ state: oneOf(['aiming', 'checking']), ...HEAD }, exact),
      Type.Object({ state: Type.Literal('retake'), reason: keyOf(RETAKE_REASONS), ...HEAD }, exact),
      Type.Object({ state: Type.Literal('good'), ...HEAD }, exact),
      Type.Object({ state: Type.Literal('fault'), code: FaultCodeSchema, ...HEAD }, exact),
    ],
    { description: 'Practice on simulated images: nothing is stored, and there is no score' },
  ),
);

export const PracticeAnswerSchema = schemaFor<PracticeAnswer>()(
  'PracticeAnswer',
  Type.Object({ practice: Type.Union([PracticeViewSchema, Type.Null()]) }, exact),
);

export const PracticeCommandSchema = schemaFor<{ readonly action: PracticeAction }>()(
  'PracticeCommand',
  Type.Object({ action: oneOf(PRACTICE_ACTIONS) }, exact),
);
