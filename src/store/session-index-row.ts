import type {
  ReviewEntry,
  RecordedReview,
  ReviewKind,
  ClinicianVerdict,
  HistologyFinding,
  Opinion,
} from '../protocol/assessments.ts';
import type { ReviewColumns, SessionIndexColumns, ResultColumns, SessionColumns } from './columns.ts';

/** The row at closing: not reviewed yet. */
export function newIndexRow(
  { number, opened_wall_ms, source }: SessionColumns,
  { outcome, statement }: ResultColumns,
): SessionIndexColumns {
  const untouched = { disposition: 'unreviewed', clinician: null, opinion: null, histology: null } as const;
  return { number, opened_wall_ms, source, outcome, statement, ...untouched };
}

/** The row after an edit. */
export function reviewedIndexRow(row: SessionIndexColumns, assessment: ReviewEntry): SessionIndexColumns {
  const { value, opinion } = reviewBody(assessment);
  return assessment.kind === 'clinician'
    ? { ...row, clinician: value as ClinicianVerdict | null, opinion: opinion ?? null }
    : { ...row, histology: value as HistologyFinding | null };
}

/** Exactly the fields of an edit: the body of its journal row. */
export function reviewBody(assessment: ReviewEntry): {
  readonly kind: ReviewKind;
  readonly value: string | null;
  readonly opinion?: Opinion;
} {
  const { kind, value } = assessment;
  const opinion = 'opinion' in assessment ? assessment.opinion : undefined;
  return { kind, value, ...(opinion === undefined ? {} : { opinion }) };
}

export function reviewColumns(
  assessment: ReviewEntry,
  row: { readonly sequence: number; readonly sessionId: string; readonly wallMs: number },
): ReviewColumns {
  const { kind, value, opinion } = reviewBody(assessment);
  return {
    sequence: row.sequence,
    session_id: row.sessionId,
    kind,
    value,
    opinion: opinion ?? null,
    wall_ms: row.wallMs,
  };
}

export function entryOf({ sequence, kind, value, opinion, wall_ms }: ReviewColumns): RecordedReview {
  const at = new Date(wall_ms).toISOString();
  return { kind, value, ...(opinion === null ? {} : { opinion }), sequence, at } as RecordedReview;
}
