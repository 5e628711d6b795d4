import type { JournalBodies, JournalKind } from '../protocol/journal.ts';
import type {
  ReviewColumns,
  BootColumns,
  EarlierReferenceColumns,
  LesionColumns,
  LesionEditColumns,
  JournalColumns,
  SessionIndexColumns,
  ResultColumns,
  SessionColumns,
} from './columns.ts';
import { lesionColumns } from './context.ts';
import { changedOperatorColumns, newOperatorColumns, type OperatorColumns } from './operators.ts';
import { canonical } from './journal.ts';
import { assignedIndexRow, reviewedIndexRow, reviewColumns, newIndexRow } from './session-index-row.ts';
import { rescoreColumns, type RescoreColumns } from './rescores.ts';
import { resultColumns } from './rows.ts';

/** The tables covered by the journal, with rows in any order. */
export interface Tables {
  readonly boots: Iterable<BootColumns>;
  readonly sessions: Iterable<SessionColumns>;
  readonly results: Iterable<ResultColumns>;
  /** Absent in a database that has not been migrated to this version's schema. */
  readonly assessed?: {
    readonly assessments: Iterable<ReviewColumns>;
    readonly log: Iterable<SessionIndexColumns>;
  };
  /** Absent likewise. */
  readonly lesions?: Iterable<LesionColumns>;
  /** Absent likewise. */
  readonly lesionEdits?: Iterable<LesionEditColumns>;
  /** Absent likewise; then `log` has no patient. */
  readonly earlierReferences?: Iterable<EarlierReferenceColumns>;
  /** Absent likewise. */
  readonly operators?: Iterable<OperatorColumns>;
  /** Absent likewise. */
  readonly rescores?: Iterable<RescoreColumns>;
}

/** What a journal row implies for another table. */
interface ExpectedRow {
  readonly sequence: number;
  /** Canonical JSON. */
  readonly row: string;
}

const LOG = 'log of session number';

const keys = {
  boot: (id: string) => `row of start ${id}`,
  session: (id: string) => `row of session ${id}`,
  result: (id: string) => `result of session ${id}`,
  assessment: (sequence: number) => `assessment ${sequence}`,
  lesion: (id: string) => `lesion ${id}`,
  lesionEdit: (sequence: number) => `edit ${sequence} of a lesion`,
  earlierReference: (sequence: number) => `earlier reference ${sequence}`,
  operator: (id: string) => `operator ${id}`,
  rescore: (sequence: number) => `rescored result ${sequence}`,
  log: (number: number) => `${LOG} ${number}`,
};

/** What a database that has not been migrated lacks. */
const LATER_COLUMNS: Pick<ResultColumns, 'lesion' | 'hints' | 'contra' | 'prevalence' | 'marked'> = {
  lesion: null,
  hints: null,
  contra: null,
  prevalence: null,
  marked: null,
};
const LATER_SESSION_COLUMNS: Pick<SessionColumns, 'patient_id' | 'lesion_id'> = {
  patient_id: null,
  lesion_id: null,
};

const LATER_LESION_COLUMNS: Pick<LesionColumns, 'closed'> = { closed: null };

const LATER_REVIEW_COLUMNS: Pick<ReviewColumns, 'operator'> = { operator: null };

/** Reconstructs the other tables from the journal. */
export class JournalReplay {
  readonly #rows = new Map<string, ExpectedRow>();
  readonly #assessed: boolean;
  readonly #assigned: boolean;
  /** Keys of the rows that have a patient, by patient: a merge moves them all. */
  readonly #keysOf = new Map<string, Set<string>>();

  /** Which tables the database has: those of the reviews, and those of assignments. */
  constructor({ assessed, earlierReferences }: Pick<Tables, 'assessed' | 'earlierReferences'>) {
    this.#assessed = assessed !== undefined;
    this.#assigned = earlierReferences !== undefined;
  }

  /** Processes a journal row. @throws Error if its body cannot be parsed */
  apply(entry: JournalColumns): void {
    const { sequence, boot_id, session_id, wall_ms } = entry;
    if (isOf('started', entry)) {
      this.#set(keys.boot(boot_id), sequence, { boot_id, started_wall_ms: wall_ms });
    } else if (isOf('lesion-added', entry)) {
      const lesion = lesionColumns(bodyOf(entry));
      this.#set(keys.lesion(lesion.id), sequence, lesion);
    } else if (isLesionEdit(entry)) {
      this.#applyLesionEdit(entry);
    } else if (this.#assigned && (isOf('reference-corrected', entry) || isOf('patients-merged', entry))) {
      this.#applyToPatient(sequence, bodyOf(entry));
    } else if (isOf('operator-added', entry)) {
      const operator = newOperatorColumns(bodyOf(entry));
      this.#set(keys.operator(operator.id), sequence, operator);
    } else if (isOf('operator-changed', entry)) {
      const body = bodyOf(entry);
      const key = keys.operator(body.operator);
      const before = this.#get(key) as OperatorColumns | undefined;
      if (before !== undefined) this.#set(key, sequence, changedOperatorColumns(before, body));
    } else if (session_id === null) {
      return;
    } else if (isOf('session-opened', entry)) {
      const { number, source, patient, lesion } = bodyOf(entry);
      const subject = { patient_id: patient ?? null, lesion_id: lesion ?? null };
      const session = { number, id: session_id, source, boot_id, opened_wall_ms: wall_ms, ...subject };
      this.#set(keys.session(session_id), sequence, session);
    } else if (isOf('session-closed', entry)) {
      const result = resultColumns(session_id, bodyOf(entry));
      this.#set(keys.result(session_id), sequence, result);
      if (this.#assessed) this.#applyToIndex(entry, session_id, (session) => newIndexRow(session, result));
    } else if (this.#assessed) {
      this.#applyEdit(entry, session_id);
    }
  }

  /** The first difference between the tables and the journal. */
  difference(tables: Tables): { readonly sequence: number; readonly problem: string } | undefined {
    for (const [key, row] of rowsOf(tables)) {
      const telling = this.#rows.get(key);
      if (telling === undefined) return { sequence: 0, problem: `the ${key} is not in the journal` };
      const { sequence } = telling;
      if (telling.row !== canonical(row)) return { sequence, problem: `the ${key} differs from the journal` };
      this.#rows.delete(key);
    }
    for (const [key, { sequence }] of this.#rows) return { sequence, problem: `the ${key} is missing` };
    return undefined;
  }

  #applyEdit(entry: JournalColumns, sessionId: string): void {
    const { sequence, wall_ms: wallMs } = entry;
    if (isOf('disposition', entry)) {
      const { disposition } = bodyOf(entry);
      this.#applyToIndex(entry, sessionId, (_, row) => row && { ...row, disposition });
    } else if (isOf('session-assigned', entry)) {
      const subject = bodyOf(entry);
      this.#applyToIndex(entry, sessionId, (_, row) => row && assignedIndexRow(row, subject));
    } else if (isOf('session-rescored', entry)) {
      const columns = rescoreColumns(bodyOf(entry), { sequence, sessionId, wallMs });
      this.#set(keys.rescore(sequence), sequence, columns);
    } else if (isOf('assessment', entry)) {
      const assessment = bodyOf(entry);
      const columns = reviewColumns(assessment, { sequence, sessionId, wallMs });
      this.#set(keys.assessment(sequence), sequence, columns);
      this.#applyToIndex(entry, sessionId, (_, row) => row && reviewedIndexRow(row, assessment));
    }
  }

  #applyLesionEdit(entry: LesionEditEntry): void {
    const { sequence } = entry;
    const { lesion, operator = null } = bodyOf(entry);
    const edit = { sequence, lesion_id: lesion, operator, site: null, reason: null };
    const key = keys.lesion(lesion);
    const before = this.#get(key) as LesionColumns | undefined;
    const set = (kind: LesionEditColumns['kind'], had: object, now: object): void => {
      this.#set(keys.lesionEdit(sequence), sequence, { ...edit, kind, ...had });
      if (before !== undefined) this.#set(key, sequence, { ...before, ...now });
    };
    if (isOf('lesion-renamed', entry)) {
      set('renamed', {}, {});
    } else if (isOf('lesion-moved', entry)) {
      const body = bodyOf(entry);
      set('moved', { site: body.before }, { site: body.site });
    } else if (isOf('lesion-closed', entry)) {
      const { reason } = bodyOf(entry);
      set('closed', { reason }, { closed: reason });
    } else {
      set('reopened', {}, { closed: null });
    }
  }

  #applyToPatient(
    sequence: number,
    { patient, merged = null }: { readonly patient: string; readonly merged?: string | null },
  ): void {
    const row = { sequence, patient_id: patient, merged_patient_id: merged };
    this.#set(keys.earlierReference(sequence), sequence, row);
    if (merged === null) return;
    for (const key of this.#keysOf.get(merged) ?? []) {
      const owned = this.#get(key) as { readonly patient_id: string | null };
      if (owned.patient_id === merged) this.#set(key, sequence, { ...owned, patient_id: patient });
    }
    this.#keysOf.delete(merged);
  }

  /** @param edit computes the new row of `log` from the session and the previous row */
  #applyToIndex(
    { sequence }: JournalColumns,
    sessionId: string,
    edit: (session: SessionColumns, row: SessionIndexColumns | undefined) => SessionIndexColumns | undefined,
  ): void {
    const session = this.#get(keys.session(sessionId)) as SessionColumns | undefined;
    if (session === undefined) return;
    const key = keys.log(session.number);
    const row = edit(session, this.#get(key) as SessionIndexColumns | undefined);
    if (row !== undefined) this.#set(key, sequence, this.#assigned ? row : withoutSubject(row));
  }

  #get(key: string): unknown {
    const telling = this.#rows.get(key);
    return telling && JSON.parse(telling.row);
  }

  #set(key: string, sequence: number, row: object): void {
    this.#rows.set(key, { sequence, row: canonical(row) });
    const owner = 'patient_id' in row && typeof row.patient_id === 'string' ? row.patient_id : undefined;
    if (owner === undefined || !isMovedByMerge(key)) return;
    const owned = this.#keysOf.get(owner);
    if (owned === undefined) this.#keysOf.set(owner, new Set([key]));
    else owned.add(key);
  }
}

/** The row of a session stays as it was written at the press. */
function isMovedByMerge(key: string): boolean {
  return key.startsWith(keys.lesion('')) || key.startsWith(LOG);
}

/** A row of `log` before sessions could be assigned. */
function withoutSubject(row: SessionIndexColumns): object {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => name !== 'patient_id' && name !== 'lesion_id'),
  );
}

type RowOf<Kind extends JournalKind> = JournalColumns & { readonly kind: Kind };

/** Unknown kinds, of an older or a newer version, are ignored. */
function isOf<Kind extends JournalKind>(kind: Kind, entry: JournalColumns): entry is RowOf<Kind> {
  return entry.kind === kind;
}

type LesionEditEntry = RowOf<'lesion-renamed' | 'lesion-moved' | 'lesion-closed' | 'lesion-reopened'>;

function isLesionEdit(entry: JournalColumns): entry is LesionEditEntry {
  return (
    isOf('lesion-renamed', entry) ||
    isOf('lesion-moved', entry) ||
    isOf('lesion-closed', entry) ||
    isOf('lesion-reopened', entry)
  );
}

/** As it was written: the hash chain ensures that it is unchanged. @throws SyntaxError */
function bodyOf<Kind extends JournalKind>({ body }: RowOf<Kind>): JournalBodies[Kind] {
  return JSON.parse(body) as JournalBodies[Kind];
}

function* rowsOf({
  boots,
  sessions,
  results,
  assessed,
  lesions = [],
  lesionEdits = [],
  earlierReferences = [],
  operators = [],
  rescores = [],
}: Tables): Generator<[key: string, row: object]> {
  for (const row of boots) yield [keys.boot(row.boot_id), row];
  for (const row of sessions) yield [keys.session(row.id), { ...LATER_SESSION_COLUMNS, ...row }];
  for (const row of results) yield [keys.result(row.session_id), { ...LATER_COLUMNS, ...row }];
  for (const row of lesions) yield [keys.lesion(row.id), { ...LATER_LESION_COLUMNS, ...row }];
  for (const row of lesionEdits) yield [keys.lesionEdit(row.sequence), row];
  for (const row of earlierReferences) yield [keys.earlierReference(row.sequence), row];
  for (const row of operators) yield [keys.operator(row.id), row];
  for (const row of rescores) yield [keys.rescore(row.sequence), row];
  if (assessed === undefined) return;
  for (const row of assessed.assessments)
    yield [keys.assessment(row.sequence), { ...LATER_REVIEW_COLUMNS, ...row }];
  for (const row of assessed.log) yield [keys.log(row.number), row];
}
