import type { OutcomeField, OutcomeFields, Outcome, SessionOutcome } from '../protocol/outcome.ts';

type OutcomesWith<F extends OutcomeField> = {
  [O in SessionOutcome]: F extends keyof Extract<Outcome, { outcome: O }> ? O : never;
}[SessionOutcome];

interface FieldSpec<F extends OutcomeField> {
  /** The column of `results`; NULL in the row of an outcome that lacks the field. */
  readonly column: string;
  /** Whether the column has canonical JSON instead of the value itself. */
  readonly json?: true;
  /** The outcomes that have the field; it is recorded for no other. */
  readonly of: Readonly<
    Record<OutcomesWith<F>, true> & Partial<Record<Exclude<SessionOutcome, OutcomesWith<F>>, never>>
  >;
}

const RESULT = { result: true } as const;
const ANSWER = { ...RESULT, withheld: true } as const;
const ASSESSED = { ...ANSWER, retake: true } as const;
const EVERY = { ...ASSESSED, fault: true, aborted: true } as const;

/** How each field of an outcome is stored, in the order of the fields in responses. */
const TABLE = {
  outcome: { column: 'outcome', of: EVERY },
  reason: { column: 'reason', of: { withheld: true, retake: true, fault: true } },
  malignancy: { column: 'malignancy', of: RESULT },
  threshold: { column: 'threshold', of: RESULT },
  statement: { column: 'statement', of: RESULT },
  probabilities: { column: 'probabilities', json: true, of: RESULT },
  prevalence: { column: 'prevalence', of: RESULT },
  marked: { column: 'marked', json: true, of: RESULT },
  model: { column: 'model', json: true, of: ANSWER },
  pictureSha256: { column: 'picture_sha256', of: ANSWER },
  quality: { column: 'quality', json: true, of: ASSESSED },
  lesion: { column: 'lesion', json: true, of: ASSESSED },
  hints: { column: 'hints', json: true, of: RESULT },
  contra: { column: 'contra', json: true, of: ANSWER },
  timings: { column: 'timings', json: true, of: EVERY },
} as const satisfies { readonly [F in OutcomeField]: FieldSpec<F> };

type Table = typeof TABLE;
type StoredValue<F extends OutcomeField> =
  | (Table[F] extends { json: true } ? string : NonNullable<OutcomeFields[F]>)
  | (F extends keyof Outcome ? never : null);

/** The columns of `results` besides the session's id. */
export type OutcomeColumns = { readonly [F in OutcomeField as Table[F]['column']]: StoredValue<F> };

export interface ResultField {
  readonly name: OutcomeField;
  readonly column: keyof OutcomeColumns;
  readonly json?: true;
  readonly of: Readonly<Partial<Record<SessionOutcome, true>>>;
}

export const RESULT_FIELDS: readonly ResultField[] = Object.entries(TABLE).map(([name, spec]) => ({
  name: name as OutcomeField,
  ...spec,
}));
