import type { ReviewEntry, RecordedReview, Opinion, OpinionBefore } from '../protocol/assessments.ts';
import type { JournalBodies } from '../protocol/journal.ts';
import type { ReviewColumns, SessionIndexColumns, ResultColumns, SessionColumns } from './columns.ts';
import type { SessionSubject } from './port.ts';

/** The row at closing: not reviewed yet. */
export function newIndexRow(
  { number, opened_wall_ms, source, patient_id, lesion_id }: SessionColumns,
  { outcome, statement, blind_opinion: before }: ResultColumns,
): SessionIndexColumns {
  const untouched = { disposition: 'unreviewed', clinician: null, opinion: null, histology: null } as const;
  const opinion_before = before === null ? null : ((JSON.parse(before) as OpinionBefore).opinion ?? 'none');
  return {
    ...{ number, opened_wall_ms, source, outcome, statement, ...untouched, patient_id, lesion_id },
    opinion_before,
  };
}

/** The row after an edit. */
export function reviewedIndexRow(row: SessionIndexColumns, assessment: ReviewEntry): SessionIndexColumns {
  const { kind, value } = assessment;
  return kind === 'clinician'
    ? { ...row, clinician: value, opinion: opinionOf(assessment) ?? null }
    : { ...row, histology: value };
}

/** The row after an assignment. */
export function assignedIndexRow(row: SessionIndexColumns, subject: SessionSubject): SessionIndexColumns {
  return { ...row, patient_id: subject.patient ?? null, lesion_id: subject.lesion ?? null };
}

/** Exactly the fields of an edit: the body of its row in the journal. */
export function reviewBody(assessment: ReviewEntry, operator?: string): JournalBodies['assessment'] {
  const { kind, value } = assessment;
  const opinion = opinionOf(assessment);
  return {
    kind,
    value,
    ...(opinion === undefined ? {} : { opinion }),
    ...(operator === undefined ? {} : { operator }),
  } as JournalBodies['assessment'];
}

function opinionOf(assessment: ReviewEntry): Opinion | undefined {
  return 'opinion' in assessment ? assessment.opinion : undefined;
}

export function reviewColumns(
  assessment: JournalBodies['assessment'],
  row: { readonly sequence: number; readonly sessionId: string; readonly wallMs: number },
): ReviewColumns {
  const { kind, value, operator } = assessment;
  return {
    sequence: row.sequence,
    session_id: row.sessionId,
    kind,
    value,
    opinion: opinionOf(assessment) ?? null,
    wall_ms: row.wallMs,
    operator: operator ?? null,
  };
}

export function entryOf(columns: ReviewColumns): RecordedReview {
  const { sequence, kind, value, opinion, wall_ms, operator } = columns;
  return {
    kind,
    value,
    ...(opinion === null ? {} : { opinion }),
    sequence,
    at: new Date(wall_ms).toISOString(),
    ...(operator === null ? {} : { operator }),
  } as RecordedReview;
}
