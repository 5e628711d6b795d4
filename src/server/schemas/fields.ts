import { Type } from '@sinclair/typebox';
import type { Figure } from '../../protocol/http.ts';
import type { Words } from '../../protocol/words.ts';
import { exact, schemaFor } from './schema-for.ts';

export const Id = Type.String({ minLength: 1 });

/** ISO 8601 in UTC; only as accurate as the board's clock. */
export const Instant = Type.String({ format: 'date-time' });

export const Sha256 = Type.String({ description: 'SHA-256 in hexadecimal' });

export const Fraction = Type.Number({ minimum: 0, maximum: 1 });

export const Count = Type.Integer({ minimum: 0 });

export const Flag = Type.Boolean();

export const Text = Type.String();

export const FigureSchema = schemaFor<Figure>()(
  'Figure',
  Type.Object(
    { value: Type.Number(), low: Type.Optional(Type.Number()), high: Type.Optional(Type.Number()) },
    { ...exact, description: 'A measured figure with its 95 % interval' },
  ),
);

/** An operating point of a model card, with its measured figures. */
export const OperatingPoint = Type.Object(
  {
    name: Text,
    threshold: Fraction,
    sensitivity: FigureSchema,
    specificity: FigureSchema,
    default: Flag,
  },
  exact,
);

const WORDS = { message: Text, cure: Text };

/** Human-readable: what happened, and what to do about it. */
export const WordsFields = WORDS satisfies Record<keyof Words, unknown>;
