import type { JournalRow, SessionDetail, SessionSummary } from '../protocol/http.ts';
import {
  SUMMARY_FIELDS,
  type Outcome,
  type OutcomeField,
  type OutcomeFields,
  type SummaryField,
} from '../protocol/outcome.ts';
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
import { rescoredOf } from './rescores.ts';
import { RESULT_FIELDS, type OutcomeColumns, type ResultField } from './result-fields.ts';

const isSummary = ({ name }: ResultField): boolean => SUMMARY_FIELDS.some((field) => field === name);
const SUMMARY = RESULT_FIELDS.filter(isSummary);
/** Additional fields of the response for a single session. */
const DETAIL = RESULT_FIELDS.filter((field) => !isSummary(field));

/** One closed session with later edits. */
export type SessionRow = Omit<SessionColumns, 'boot_id'> &
  Omit<ResultColumns, 'session_id'> &
  SessionIndexColumns &
  ContextColumns & {
    /** Who recorded the latest verdict and histology. */
    readonly clinician_by: string | null;
    readonly histology_by: string | null;
    /** The journal's body of the latest result of a later model, and when. */
    readonly rescored: string | null;
    readonly rescored_wall_ms: number | null;
  };

/** Exactly the fields that belong to the outcome: a number that slipped into a withheld record stays out. */
export function closingBody(record: SessionRecord): Outcome {
  return Object.fromEntries(entriesOf(record)) as unknown as Outcome;
}

/** The row of `results`; a field that an outcome does not have is NULL. */
export function resultColumns(sessionId: string, outcome: Outcome): ResultColumns {
  const given = new Map(entriesOf(outcome));
  const columns = RESULT_FIELDS.map(({ name, column, json }) => {
    const value = given.get(name);
    return [column, value === undefined ? null : json ? canonical(value) : value];
  });
  return { session_id: sessionId, ...(Object.fromEntries(columns) as OutcomeColumns) };
}

function entriesOf(outcome: Outcome): [OutcomeField, unknown][] {
  const values: OutcomeFields = outcome;
  return RESULT_FIELDS.filter(({ name, of }) => outcome.outcome in of && values[name] !== undefined).map(
    ({ name }) => [name, values[name]],
  );
}

export function summaryOf(row: SessionRow): SessionSummary {
  const { number, id, source, opened_wall_ms, disposition, clinician, opinion, histology } = row;
  const context = contextOf(row);
  return {
    id,
    number,
    source,
    openedAt: new Date(opened_wall_ms).toISOString(),
    ...(fieldsOf(row, SUMMARY) as Pick<OutcomeFields, SummaryField>),
    disposition,
    ...(clinician === null ? {} : { clinician }),
    ...(opinion === null ? {} : { opinion }),
    ...(histology === null ? {} : { histology }),
    ...(context === undefined ? {} : { context }),
  };
}

/** All recorded data of a session except its edits. */
export function wholeOf(row: SessionRow): WholeSession {
  const { clinician, clinician_by, histology, histology_by, rescored, rescored_wall_ms } = row;
  return {
    ...summaryOf(row),
    ...(clinician === null || clinician_by === null ? {} : { clinicianBy: clinician_by }),
    ...(histology === null || histology_by === null ? {} : { histologyBy: histology_by }),
    ...(fieldsOf(row, DETAIL) as Omit<OutcomeFields, SummaryField>),
    ...(rescored === null || rescored_wall_ms === null
      ? {}
      : { rescored: rescoredOf(rescored, rescored_wall_ms) }),
  };
}

/** Fields of the outcome as they were recorded, without those that are NULL. */
function fieldsOf(row: OutcomeColumns, fields: readonly ResultField[]): object {
  const entries = fields.map(({ name, column, json }): [OutcomeField, unknown] => {
    const stored = row[column];
    return [name, json && stored !== null ? JSON.parse(String(stored)) : stored];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

export function detailOf(
  row: SessionRow,
  edits: {
    readonly reviews: readonly ReviewColumns[];
    readonly journal: readonly JournalColumns[];
    /** Names of all operators, by id. */
    readonly names: ReadonlyMap<string, string>;
  },
): SessionDetail {
  const journal = edits.journal.map(journalRowOf);
  const ids = new Set(journal.map(({ body }) => body.operator));
  const operators = Object.fromEntries([...edits.names].filter(([id]) => ids.has(id)));
  return {
    ...wholeOf(row),
    assessments: edits.reviews.map(entryOf),
    journal,
    ...(Object.keys(operators).length === 0 ? {} : { operators }),
  };
}

function journalRowOf({ sequence, wall_ms, kind, body, hash }: JournalColumns): JournalRow {
  const at = new Date(wall_ms).toISOString();
  return { sequence, at, kind, body: JSON.parse(body) as JournalRow['body'], hash };
}
