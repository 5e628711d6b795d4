import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { OpinionCommand } from '../protocol/assessments.ts';
import { BODY_SITES } from '../protocol/body-sites.ts';
import {
  CONTRAINDICATIONS,
  LABEL_MAX,
  REFERENCE_MAX,
  type AnswerCommand,
  type ContextChange,
} from '../protocol/context.ts';
import { AnswerCommandSchema, OpinionCommandSchema } from './schemas/view.ts';
import { exact, oneOf, schemaFor } from './schemas/schema-for.ts';

/** Slightly longer than allowed: surrounding spaces are trimmed. */
export const Reference = Type.String({ minLength: 1, maxLength: 2 * REFERENCE_MAX });

/** Shared by the socket and HTTP. */
export const ContextChangeSchema = schemaFor<ContextChange>()(
  'ContextChange',
  Type.Union([
    Type.Object({ type: Type.Literal('reference'), reference: Reference }, exact),
    Type.Object({ type: Type.Literal('clear') }, exact),
    Type.Object({ type: Type.Literal('scan'), reference: Reference }, exact),
    Type.Object({ type: Type.Literal('same') }, exact),
    Type.Object({ type: Type.Literal('correct'), reference: Reference, to: Reference }, exact),
    Type.Object({ type: Type.Literal('merge'), reference: Reference, into: Reference }, exact),
    Type.Object(
      {
        type: Type.Literal('new-lesion'),
        reference: Reference,
        site: oneOf(BODY_SITES),
        label: Type.String({ minLength: 1, maxLength: 2 * LABEL_MAX }),
        contraIndications: Type.Union([
          Type.Array(oneOf(CONTRAINDICATIONS), { maxItems: CONTRAINDICATIONS.length }),
          Type.Null(),
        ]),
      },
      exact,
    ),
    Type.Object(
      {
        type: Type.Literal('draft'),
        reference: Reference,
        draft: Type.Union([
          Type.Object({ site: oneOf(BODY_SITES), label: Type.String({ maxLength: LABEL_MAX }) }, exact),
          Type.Null(),
        ]),
      },
      exact,
    ),
    Type.Object(
      {
        type: Type.Literal('lesion'),
        id: Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()]),
      },
      exact,
    ),
  ]),
);

export function isAnswerCommand(value: unknown): value is AnswerCommand {
  return Value.Check(AnswerCommandSchema, value);
}

export function isOpinionCommand(value: unknown): value is OpinionCommand {
  return Value.Check(OpinionCommandSchema, value);
}

export function isContextChange(value: unknown): value is ContextChange {
  return Value.Check(ContextChangeSchema, value);
}
