import { KioskError } from '../../src/lib/errors.ts';
import type { SessionDetail, SessionPage } from '../../src/protocol/http.ts';
import type { ReviewEntry, ReviewKind } from '../../src/protocol/assessments.ts';
import type { ErrorCode } from '../../src/protocol/error-codes.ts';
import type { JournalEvent } from '../../src/protocol/journal.ts';
import type { CaptureSource, Disposition } from '../../src/protocol/view.ts';
import type {
  ReviewColumns,
  JournalColumns,
  SessionIndexColumns,
  ResultColumns,
  SessionColumns,
} from '../../src/store/columns.ts';
import { subjectBody } from '../../src/store/context.ts';
import { canonical, GENESIS, hashOf } from '../../src/store/journal.ts';
import { requireReviewable } from '../../src/store/errors.ts';
import { pageLength } from '../../src/store/log.ts';
import {
  reviewedIndexRow,
  reviewBody,
  reviewColumns,
  newIndexRow,
} from '../../src/store/session-index-row.ts';
import type {
  Counter,
  JournalVerification,
  LogCount,
  LogFilter,
  LogPage,
  SessionRecord,
  SessionStore,
  SessionSubject,
  WholePage,
} from '../../src/store/port.ts';
import {
  closingBody,
  detailOf,
  resultColumns,
  summaryOf,
  wholeOf,
  type SessionRow,
} from '../../src/store/rows.ts';
import { verifyRecords } from '../../src/store/verify.ts';
import { FakeClock } from './clock.ts';

const BOOT = 'memory';

/** It has only ids: the rows they refer to are tested with the real store. */
const NOTHING = {
  ...{ reference: null, site: null, label: null, contra_indications: null, closed: null },
  ...{ rescored: null, rescored_wall_ms: null },
  ...{ phototype: null, birth_year: null },
} as const;

/** A store in memory, with the same rules, rows and hashes, whose disk fails on request. */
export class MemoryStore implements SessionStore {
  readonly sessions: SessionColumns[] = [];
  readonly results: ResultColumns[] = [];
  readonly journal: JournalColumns[] = [];
  readonly assessments: ReviewColumns[] = [];
  readonly #clock: FakeClock;
  #failure: KioskError | undefined;

  constructor(clock = new FakeClock()) {
    this.#clock = clock;
    this.append({ kind: 'started', body: { node: process.version } });
  }

  /** Every write fails with this code from now on; without a code they work again. */
  fail(code?: ErrorCode): void {
    this.#failure = code === undefined ? undefined : new KioskError(code, 'the test says so');
  }

  openSession({
    id,
    source,
    ...subject
  }: { readonly id: string; readonly source: CaptureSource } & SessionSubject): { number: number } {
    this.#require(!this.sessions.some((session) => session.id === id), 'the session is there already');
    const number = this.sessions.length + 1;
    const body = { number, source, ...subjectBody(subject) };
    this.append({ kind: 'session-opened', body }, undefined, id);
    const { patient: patient_id = null, lesion: lesion_id = null } = subject;
    const opened_wall_ms = this.#clock.wall();
    this.sessions.push({ number, id, source, boot_id: BOOT, opened_wall_ms, patient_id, lesion_id });
    return { number };
  }

  closeSession(record: SessionRecord): void {
    this.#require(!this.results.some((result) => result.session_id === record.id), 'the session is closed');
    const body = closingBody(record);
    this.append({ kind: 'session-closed', body }, record.id);
    this.results.push(resultColumns(record.id, body));
  }

  addDisposition(id: string, disposition: Exclude<Disposition, 'unreviewed'>): void {
    this.append({ kind: 'disposition', body: { disposition } }, id);
  }

  addReview(id: string, assessment: ReviewEntry, operator?: string): void {
    requireReviewable(this.results.find(({ session_id }) => session_id === id)?.outcome);
    const body = reviewBody(assessment, operator);
    this.append({ kind: 'assessment', body }, id);
    const { sequence, wall_ms: wallMs } = this.journal.at(-1)!;
    this.assessments.push(reviewColumns(body, { sequence, sessionId: id, wallMs }));
  }

  /** @param newId the session that this row opens */
  append({ kind, body }: JournalEvent, sessionId?: string, newId?: string): void {
    this.probe();
    const known = sessionId === undefined || this.sessions.some(({ id }) => id === sessionId);
    this.#require(known, 'there is no such session');
    const previousHash = this.journal.at(-1)?.hash ?? GENESIS;
    const entry = {
      sequence: this.journal.length + 1,
      bootId: BOOT,
      monotonicMs: this.#clock.monotonic(),
      wallMs: this.#clock.wall(),
      kind,
      sessionId: sessionId ?? newId ?? null,
      body: canonical(body),
      previousHash,
    };
    this.journal.push({
      sequence: entry.sequence,
      boot_id: BOOT,
      monotonic_ms: entry.monotonicMs,
      wall_ms: entry.wallMs,
      kind,
      session_id: entry.sessionId,
      body: entry.body,
      previous_hash: previousHash,
      hash: hashOf(entry),
    });
  }

  list(page: LogPage): SessionPage {
    const { rows, ...rest } = this.#page(page);
    return { sessions: rows.map(summaryOf), ...rest };
  }

  rows(page: LogPage): WholePage {
    const { rows, ...rest } = this.#page(page);
    return { sessions: rows.map(wholeOf), ...rest };
  }

  #page({ limit, before, filter = {} }: LogPage): { rows: SessionRow[]; next?: number } {
    const count = pageLength(limit);
    const found = this.#closed()
      .filter((row) => row.number < (before ?? Infinity) && fits(row, filter))
      .reverse();
    const rows = found.slice(0, count);
    return { rows, ...(found.length > count ? { next: rows.at(-1)!.number } : {}) };
  }

  get(id: string): SessionDetail | undefined {
    const row = this.#closed().find((candidate) => candidate.id === id);
    const reviews = this.assessments.filter(({ session_id }) => session_id === id);
    return row && detailOf(row, { reviews, journal: this.#journalOf(id), names: new Map() });
  }

  counter(filter: LogFilter): Counter {
    return (openedFrom, openedBefore) => this.#counts({ ...filter, openedFrom, openedBefore });
  }

  #counts(filter: LogFilter): readonly LogCount[] {
    const counts = new Map<string, LogCount>();
    for (const row of this.#closed().filter((each) => fits(each, filter))) {
      const { outcome, statement, clinician, histology } = row;
      const kind = { outcome, statement, clinician, histology };
      const key = JSON.stringify(kind);
      counts.set(key, { ...kind, sessions: (counts.get(key)?.sessions ?? 0) + 1 });
    }
    return [...counts.values()];
  }

  firstOpened(from: number): number | undefined {
    const times = this.#closed().map(({ opened_wall_ms }) => opened_wall_ms);
    return times.filter((time) => time >= from).sort((a, b) => a - b)[0];
  }

  verify(): JournalVerification {
    const { journal, sessions, results } = this;
    const boots = [{ boot_id: BOOT, started_wall_ms: this.journal[0]!.wall_ms }];
    const assessed = { assessments: this.assessments, log: this.#log() };
    return verifyRecords({ journal, boots, sessions, results, assessed, earlierReferences: [] });
  }

  probe(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #closed(): SessionRow[] {
    const log = this.#log();
    return this.results
      .map(({ session_id, ...result }) => {
        const session = this.sessions.find(({ id }) => id === session_id)!;
        const current = log.find(({ number }) => number === session.number)!;
        const by = (kind: ReviewKind) =>
          this.assessments.findLast((edit) => edit.session_id === session_id && edit.kind === kind)
            ?.operator ?? null;
        const authors = { clinician_by: by('clinician'), histology_by: by('histology') };
        return { ...session, ...result, ...current, ...authors, ...NOTHING };
      })
      .sort((a, b) => a.number - b.number);
  }

  #log(): SessionIndexColumns[] {
    return this.results.map((result) => {
      const session = this.sessions.find(({ id }) => id === result.session_id)!;
      const disposition = this.#dispositionOf(session.id);
      const edits = this.assessments.filter(({ session_id }) => session_id === session.id);
      return edits.reduce((row, edit) => reviewedIndexRow(row, edit as ReviewEntry), {
        ...newIndexRow(session, result),
        ...(disposition === null ? {} : { disposition }),
      });
    });
  }

  #dispositionOf(id: string): Disposition | null {
    const row = this.#journalOf(id).findLast(({ kind }) => kind === 'disposition');
    return row === undefined ? null : (JSON.parse(row.body) as { disposition: Disposition }).disposition;
  }

  #journalOf(id: string): JournalColumns[] {
    return this.journal.filter(({ session_id }) => session_id === id);
  }

  #require(condition: boolean, problem: string): void {
    if (!condition) throw new KioskError('store/failed', problem);
  }
}

function isOfPatient(row: SessionIndexColumns, wanted: 'some' | 'none'): boolean {
  if (wanted === 'some') return row.patient_id !== null;
  const assignable = row.outcome === 'result' || row.outcome === 'withheld';
  return row.patient_id === null && assignable && row.disposition !== 'discarded';
}

/** A plain implementation of the filter, with which SQLite's conditions are compared. */
function fits(row: SessionIndexColumns, filter: LogFilter): boolean {
  const assessable = row.outcome === 'result' || row.outcome === 'withheld';
  const given = row.clinician !== null || row.histology !== null;
  const is = (value: string | null, wanted: string | undefined): boolean =>
    wanted === undefined || (wanted === 'none' ? assessable && value === null : value === wanted);
  return (
    row.opened_wall_ms >= (filter.openedFrom ?? -Infinity) &&
    row.opened_wall_ms < (filter.openedBefore ?? Infinity) &&
    (filter.patient === undefined || isOfPatient(row, filter.patient)) &&
    is(row.source, filter.source) &&
    is(row.outcome, filter.outcome) &&
    (is(row.statement, filter.statement) || (row.statement === 'at' && filter.statement === 'above')) &&
    is(row.disposition, filter.disposition) &&
    is(row.clinician, filter.clinician) &&
    is(row.histology, filter.histology) &&
    fitsWorklist(row, filter.worklist) &&
    (filter.assessed === undefined || (filter.assessed === 'yes' ? given : assessable && !given))
  );
}

/** As docs/usage.md defines the worklists. Without a patient there is no lesion that could be due. */
function fitsWorklist(row: SessionIndexColumns, worklist: LogFilter['worklist']): boolean {
  const { outcome, disposition, statement, clinician, opinion, histology } = row;
  if (worklist === undefined) return true;
  const captured = (outcome === 'result' || outcome === 'withheld') && disposition !== 'discarded';
  if (!captured || worklist === 'due') return false;
  if (histology !== null) return false;
  if (opinion !== null) return ['malignant', 'mel', 'bcc', 'akiec'].includes(opinion);
  return statement !== null && (statement !== 'below') !== (clinician === 'disagree');
}
