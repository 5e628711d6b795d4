import { mkdirSync } from 'node:fs';
import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { ReviewEntry } from '../protocol/assessments.ts';
import type { SessionDetail, SessionPage } from '../protocol/http.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import type { CaptureSource } from '../protocol/view.ts';
import { SqliteContext, subjectBody } from './context.ts';
import { wrapStoreErrors, requireReviewable } from './errors.ts';
import { canonical, GENESIS, hashOf } from './journal.ts';
import { counterOf, readPage, readWhole } from './log.ts';
import { reviewBody, reviewColumns } from './session-index-row.ts';
import { SqlitePatients } from './patients.ts';
import { SqliteRescores } from './rescores.ts';
import { SqliteOperators } from './operators.ts';
import { openDatabase, takeLock, type Connection } from './open-database.ts';
import type {
  Counter,
  JournalVerification,
  LogFilter,
  LogPage,
  SessionRecord,
  SessionStore,
  SessionSubject,
  WholePage,
} from './port.ts';
import { closingBody, detailOf, resultColumns, summaryOf } from './rows.ts';
import { prepare, type Statements } from './statements.ts';
import { verifyDatabase } from './verify.ts';

export interface SqliteStoreOptions {
  /** Folder of the database, created if necessary. Only one kiosk at a time uses it. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** New at every start of the service. */
  readonly bootId: string;
  /** Maximum size of the database file, bytes (whole pages of 4,096); beyond it, `store/full`. Unlimited by default. */
  readonly maxBytes?: number;
}

const PAGE_BYTES = 4096;

/** A row written within this time proves that the next can be written: health checks do not wear out the card. */
const PROOF_MS = 5_000;

/** Sessions and journal in one SQLite file: data survives a power cut once a method has returned. */
export class SqliteStore implements SessionStore, Service {
  readonly name = 'store';
  readonly #options: SqliteStoreOptions;
  #lock: Connection | undefined;
  #open: { readonly database: Connection; readonly statements: Statements } | undefined;
  #provenAt = -Infinity;
  readonly context = new SqliteContext(
    (run) => this.#write((statements) => run(statements, (event, session) => this.#journal(event, session))),
    (run) => this.#read(run),
  );

  readonly patients = new SqlitePatients((run) => this.#read(run));

  readonly operators = new SqliteOperators(
    (run) => this.#read(run),
    (run) =>
      this.#write((statements) =>
        run(statements, (event) => {
          this.#journal(event);
        }),
      ),
  );

  readonly rescores = new SqliteRescores(
    (run) => {
      this.#write((statements) => {
        run(statements, (event, session, wallMs) => this.#journal(event, session, wallMs));
      });
    },
    () => this.#options.clock.wall(),
  );

  constructor(options: SqliteStoreOptions) {
    this.#options = options;
  }

  /** @throws KioskError `store/in-use`, `store/newer`, `store/damaged`, or as every write */
  async start(): Promise<void> {
    const { dir, maxBytes } = this.#options;
    try {
      wrapStoreErrors(() => {
        mkdirSync(dir, { recursive: true, mode: 0o700 });
        this.#lock = takeLock(dir);
        const database = openDatabase(dir);
        this.#open = { database, statements: prepare(database) };
        if (maxBytes !== undefined) database.pragma(`max_page_count = ${Math.floor(maxBytes / PAGE_BYTES)}`);
      });
      this.#recordStart();
      this.#abortOpenSessions();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    const [database, lock] = [this.#open?.database, this.#lock];
    this.#open = undefined;
    this.#lock = undefined;
    this.#provenAt = -Infinity;
    database?.close();
    lock?.close();
    return Promise.resolve();
  }

  openSession({
    id,
    source,
    ...subject
  }: { readonly id: string; readonly source: CaptureSource } & SessionSubject): { readonly number: number } {
    return this.#write(({ insertSession }) => {
      const { bootId, clock } = this.#options;
      const wallMs = clock.wall();
      const { patient = null, lesion = null } = subject;
      const row = { id, source, bootId, wallMs, patient, lesion };
      const number = Number(insertSession.run(row).lastInsertRowid);
      const body = { number, source, ...subjectBody(subject) };
      this.#journal({ kind: 'session-opened', body }, id, wallMs);
      return { number };
    });
  }

  closeSession(record: SessionRecord): void {
    this.#write(({ insertResult }) => {
      const body = closingBody(record);
      insertResult.run(resultColumns(record.id, body));
      this.#journal({ kind: 'session-closed', body }, record.id);
    });
  }

  addDisposition(id: string, disposition: 'accepted' | 'discarded'): void {
    this.append({ kind: 'disposition', body: { disposition } }, id);
  }

  addReview(id: string, assessment: ReviewEntry, operator?: string): void {
    this.#write(({ outcomeOf, insertReview }) => {
      requireReviewable(outcomeOf.get(id)?.outcome);
      const wallMs = this.#options.clock.wall();
      const body = reviewBody(assessment, operator);
      const sequence = this.#journal({ kind: 'assessment', body }, id, wallMs);
      insertReview.run(reviewColumns(body, { sequence, sessionId: id, wallMs }));
    });
  }

  append(event: JournalEvent, sessionId?: string): void {
    this.#write(() => {
      this.#journal(event, sessionId);
    });
  }

  list(page: LogPage): SessionPage {
    const { rows, ...rest } = wrapStoreErrors(() => readPage(this.#opened().database, page));
    return { sessions: rows.map(summaryOf), ...rest };
  }

  rows(page: LogPage): WholePage {
    return wrapStoreErrors(() => readWhole(this.#opened().database, page));
  }

  get(id: string): SessionDetail | undefined {
    return this.#read(({ one, reviewsOf, journalOf, operators }) => {
      const row = one.get(id);
      if (row === undefined) return undefined;
      const names = new Map(operators.all().map((operator) => [operator.id, operator.name]));
      return detailOf(row, { reviews: reviewsOf.all(id), journal: journalOf.all(id), names });
    });
  }

  counter(filter: LogFilter): Counter {
    const count = wrapStoreErrors(() => counterOf(this.#opened().database, filter));
    return (from, before) => wrapStoreErrors(() => count(from, before));
  }

  firstOpened(from: number): number | undefined {
    return this.#read(({ firstOpened }) => firstOpened.get(from)?.opened ?? undefined);
  }

  verify(): JournalVerification {
    return wrapStoreErrors(() => verifyDatabase(this.#opened().database));
  }

  probe(): void {
    const age = this.#options.clock.monotonic() - this.#provenAt;
    if (this.#open !== undefined && age < PROOF_MS) return;
    this.#write(({ fillProbe, emptyProbe }) => {
      fillProbe.run();
      emptyProbe.run();
    });
  }

  #opened(): { readonly database: Connection; readonly statements: Statements } {
    if (this.#open === undefined) throw new KioskError('store/failed', 'the database is not open');
    return this.#open;
  }

  #read<T>(run: (statements: Statements) => T): T {
    return wrapStoreErrors(() => run(this.#opened().statements));
  }

  /** One transaction: atomic, and on disk when it returns. */
  #write<T>(run: (statements: Statements) => T): T {
    this.#provenAt = -Infinity;
    const value = wrapStoreErrors(() => {
      const { database, statements } = this.#opened();
      return database.transaction(() => run(statements)).immediate();
    });
    this.#provenAt = this.#options.clock.monotonic();
    return value;
  }

  /** Inside a transaction only: the chain's head is read and moved in one. Returns the row's sequence. */
  #journal({ kind, body }: JournalEvent, sessionId?: string, wallMs = this.#options.clock.wall()): number {
    const { bootId, clock } = this.#options;
    const { lastJournalRow, insertJournal } = this.#opened().statements;
    const last = lastJournalRow.get() ?? { sequence: 0, hash: GENESIS };
    const entry = {
      sequence: last.sequence + 1,
      bootId,
      monotonicMs: clock.monotonic(),
      wallMs,
      kind,
      sessionId: sessionId ?? null,
      body: canonical(body),
      previousHash: last.hash,
    };
    insertJournal.run({ ...entry, hash: hashOf(entry) });
    return entry.sequence;
  }

  #recordStart(): void {
    this.#write(({ insertBoot }) => {
      const { bootId, clock } = this.#options;
      const wallMs = clock.wall();
      insertBoot.run(bootId, wallMs);
      this.#journal({ kind: 'started', body: { node: process.version } }, undefined, wallMs);
    });
  }

  /** A session that was opened and never closed has no result: power was cut, or the program was killed. */
  #abortOpenSessions(): void {
    const open = this.#read(({ openSessions }) => openSessions.all());
    for (const { id } of open) {
      this.#options.log.warn({ session: id }, 'recorded an interrupted session as aborted');
      this.closeSession({ id, outcome: 'aborted', timings: {} });
    }
  }
}
