import type { JournalRow, SessionDetail, SessionSummary } from '../protocol/http.ts';
import type { Outcome } from '../protocol/outcome.ts';
import type {
  ReviewColumns,
  ContextColumns,
  JournalColumns,
  SessionIndexColumns,
  ResultColumns,
  SessionColumns,
} from './columns.ts';
import { contextOf } from './context.ts';
import { canonical } from './journal.ts';
import { entryOf } from './session-index-row.ts';
import type { SessionRecord, WholeSession } from './port.ts';

/** One closed session with later edits. */
export type SessionRow = Omit<SessionColumns, 'boot_id'> &
  Omit<ResultColumns, 'session_id'> &
  SessionIndexColumns &
  ContextColumns;

/** Exactly the fields that belong to the outcome: a number that slipped into a withheld record stays out. */
export function closingBody(record: SessionRecord): Outcome {
  const { timings } = record;
  switch (record.outcome) {
    case 'result': {
      const { outcome, malignancy, threshold, statement, probabilities, hints } = record;
      const numbers = { outcome, malignancy, threshold, statement, probabilities };
      return { ...numbers, ...judged(record), ...(hints === undefined ? {} : { hints }), timings };
    }
    case 'withheld':
      return { outcome: record.outcome, reason: record.reason, ...judged(record), timings };
    case 'retake': {
      const { outcome, reason, quality, lesion } = record;
      return { outcome, reason, quality, ...(lesion === undefined ? {} : { lesion }), timings };
    }
    case 'fault':
      return { outcome: record.outcome, reason: record.reason, timings };
    case 'aborted':
      return { outcome: record.outcome, timings };
  }
}

function judged({
  model,
  pictureSha256,
  quality,
  lesion,
}: Extract<SessionRecord, { outcome: 'result' | 'withheld' }>) {
  return { model, pictureSha256, quality, ...(lesion === undefined ? {} : { lesion }) };
}

/** The row of `results`; a field that an outcome does not have is NULL. */
export function resultColumns(sessionId: string, body: Outcome): ResultColumns {
  const numbers = body.outcome === 'result' ? body : undefined;
  return {
    session_id: sessionId,
    outcome: body.outcome,
    reason: 'reason' in body ? body.reason : null,
    malignancy: numbers?.malignancy ?? null,
    threshold: numbers?.threshold ?? null,
    statement: numbers?.statement ?? null,
    probabilities: numbers === undefined ? null : canonical(numbers.probabilities),
    model: 'model' in body ? canonical(body.model) : null,
    picture_sha256: 'pictureSha256' in body ? body.pictureSha256 : null,
    quality: 'quality' in body ? canonical(body.quality) : null,
    lesion: 'lesion' in body ? canonical(body.lesion) : null,
    hints: numbers?.hints === undefined ? null : canonical(numbers.hints),
    timings: canonical(body.timings),
  };
}

export function summaryOf(row: SessionRow): SessionSummary {
  const { number, id, source, outcome, reason, malignancy, threshold, statement, probabilities } = row;
  return {
    id,
    number,
    source,
    openedAt: new Date(row.opened_wall_ms).toISOString(),
    outcome,
    ...(reason === null ? {} : { reason: reason as NonNullable<SessionSummary['reason']> }),
    ...(malignancy === null || threshold === null || statement === null
      ? {}
      : { malignancy, threshold, statement }),
    ...(probabilities === null
      ? {}
      : { probabilities: JSON.parse(probabilities) as NonNullable<SessionSummary['probabilities']> }),
    disposition: row.disposition,
    ...(row.clinician === null ? {} : { clinician: row.clinician }),
    ...(row.opinion === null ? {} : { opinion: row.opinion }),
    ...(row.histology === null ? {} : { histology: row.histology }),
  };
}

/** All recorded data of a session except its edits. */
export function wholeOf(row: SessionRow): WholeSession {
  const context = contextOf(row);
  return {
    ...summaryOf(row),
    ...(context === undefined ? {} : { context }),
    ...(row.model === null ? {} : { model: JSON.parse(row.model) as NonNullable<SessionDetail['model']> }),
    ...(row.picture_sha256 === null ? {} : { pictureSha256: row.picture_sha256 }),
    ...(row.quality === null
      ? {}
      : { quality: JSON.parse(row.quality) as NonNullable<SessionDetail['quality']> }),
    ...(row.lesion === null
      ? {}
      : { lesion: JSON.parse(row.lesion) as NonNullable<SessionDetail['lesion']> }),
    ...(row.hints === null ? {} : { hints: JSON.parse(row.hints) as NonNullable<SessionDetail['hints']> }),
    timings: JSON.parse(row.timings) as NonNullable<SessionDetail['timings']>,
  };
}

export function detailOf(
  row: SessionRow,
  assessments: readonly ReviewColumns[],
  journal: readonly JournalColumns[],
): SessionDetail {
  return {
    ...wholeOf(row),
    assessments: assessments.map(entryOf),
    journal: journal.map(journalRowOf),
  };
}

function journalRowOf({ sequence, wall_ms, kind, body, hash }: JournalColumns): JournalRow {
  const at = new Date(wall_ms).toISOString();
  return { sequence, at, kind, body: JSON.parse(body) as JournalRow['body'], hash };
}
