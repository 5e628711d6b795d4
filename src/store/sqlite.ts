import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock } from '../lib/clock.ts';
import { describe, KioskError, systemCode } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { Assessment } from '../protocol/assessments.ts';
import type { SessionDetail, SessionPage } from '../protocol/http.ts';
import type { CaptureSource } from '../protocol/view.ts';
import { SqliteContext, subjectBody } from './context.ts';
import { damaged, mapped, requireAssessable, storeError } from './errors.ts';
import { canonical, GENESIS, hashOf } from './journal.ts';
import { counterOf, readPage, readWhole } from './log.ts';
import { recordsOf } from './records.ts';
import { assessmentBody, assessmentColumns } from './log-row.ts';
import { checkIntegrity, migrate, refuseNewer, refuseOlder } from './migrations.ts';
import type {
  Counter,
  JournalVerification,
  LogFilter,
  LogPage,
  LogReader,
  SessionRecord,
  SessionStore,
  SessionSubject,
  WholePage,
} from './port.ts';
import { createPrivate } from './private-file.ts';
import { closingBody, detailOf, resultColumns, summaryOf } from './rows.ts';
import { prepare, type Statements } from './statements.ts';
import { verifyRecords } from './verify.ts';

export interface SqliteStoreOptions {
  /** Folder of the database, made if it is not there. One kiosk at a time works on it. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** New at every start of the service. */
  readonly bootId: string;
  /** Ceiling of the database file, bytes (whole pages of 4,096): what is beyond is `store/full`. None unless given. */
  readonly maxBytes?: number;
}

export const DATABASE = 'kiosk.sqlite';
const LOCK = 'kiosk.lock';
const PAGE_BYTES = 4096;

/** Of the file's pages in memory: a session's writes and a page of the log need a fraction of it. */
const CACHE_KIB = 2048;

/** For so long a row that was written proves that the next can be: asking for health does not wear the card out. */
const PROOF_MS = 5_000;

/** Sessions and journal in one SQLite file: what a method has returned from survives a power cut. */
export class SqliteStore implements SessionStore, Service {
  readonly name = 'store';
  readonly #options: SqliteStoreOptions;
  #lock: Database.Database | undefined;
  #open: { readonly database: Database.Database; readonly statements: Statements } | undefined;
  #provenAt = -Infinity;
  readonly context = new SqliteContext((run) =>
    this.#write((statements) =>
      run(statements, (kind, body) => {
        this.#journal(kind, body);
      }),
    ),
  );

  constructor(options: SqliteStoreOptions) {
    this.#options = options;
  }

  /** @throws KioskError `store/in-use`, `store/newer`, `store/damaged`, or as every write */
  async start(): Promise<void> {
    const { dir, maxBytes } = this.#options;
    try {
      mapped(() => {
        mkdirSync(dir, { recursive: true, mode: 0o700 });
        this.#lock = takeLock(join(dir, LOCK), dir);
        const database = openDatabase(join(dir, DATABASE));
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
      this.#journal('session-opened', { number, source, ...subjectBody(subject) }, id, wallMs);
      return { number };
    });
  }

  closeSession(record: SessionRecord): void {
    this.#write(({ insertResult }) => {
      const body = closingBody(record);
      insertResult.run(resultColumns(record.id, body));
      this.#journal('session-closed', body, record.id);
    });
  }

  addDisposition(id: string, disposition: 'accepted' | 'discarded'): void {
    this.append('disposition', { disposition }, id);
  }

  addAssessment(id: string, assessment: Assessment): void {
    this.#write(({ outcomeOf, insertAssessment }) => {
      requireAssessable(outcomeOf.get(id)?.outcome);
      const wallMs = this.#options.clock.wall();
      const sequence = this.#journal('assessment', assessmentBody(assessment), id, wallMs);
      insertAssessment.run(assessmentColumns(assessment, { sequence, sessionId: id, wallMs }));
    });
  }

  append(kind: string, body: Readonly<Record<string, unknown>>, sessionId?: string): void {
    this.#write(() => {
      this.#journal(kind, body, sessionId);
    });
  }

  list(page: LogPage): SessionPage {
    const { rows, ...rest } = mapped(() => readPage(this.#opened().database, page));
    return { sessions: rows.map(summaryOf), ...rest };
  }

  rows(page: LogPage): WholePage {
    return mapped(() => readWhole(this.#opened().database, page));
  }

  get(id: string): SessionDetail | undefined {
    return this.#read(({ one, assessmentsOf, journalOf }) => {
      const row = one.get(id);
      return row === undefined ? undefined : detailOf(row, assessmentsOf.all(id), journalOf.all(id));
    });
  }

  counter(filter: LogFilter): Counter {
    const count = mapped(() => counterOf(this.#opened().database, filter));
    return (from, before) => mapped(() => count(from, before));
  }

  firstOpened(from: number): number | undefined {
    return this.#read(({ firstOpened }) => firstOpened.get(from)?.opened ?? undefined);
  }

  verify(): JournalVerification {
    return mapped(() => verifyDatabase(this.#opened().database));
  }

  probe(): void {
    const age = this.#options.clock.monotonic() - this.#provenAt;
    if (this.#open !== undefined && age < PROOF_MS) return;
    this.#write(({ fillProbe, emptyProbe }) => {
      fillProbe.run();
      emptyProbe.run();
    });
  }

  #opened(): { readonly database: Database.Database; readonly statements: Statements } {
    if (this.#open === undefined) throw new KioskError('store/failed', 'the database is not open');
    return this.#open;
  }

  #read<T>(run: (statements: Statements) => T): T {
    return mapped(() => run(this.#opened().statements));
  }

  /** One transaction: all of it or nothing, and on the disk when it returns. */
  #write<T>(run: (statements: Statements) => T): T {
    this.#provenAt = -Infinity;
    const value = mapped(() => {
      const { database, statements } = this.#opened();
      return database.transaction(() => run(statements)).immediate();
    });
    this.#provenAt = this.#options.clock.monotonic();
    return value;
  }

  /** Inside a transaction only: the chain's head is read and moved in one. Returns the row's sequence. */
  #journal(kind: string, body: object, sessionId?: string, wallMs = this.#options.clock.wall()): number {
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
      this.#journal('started', { node: process.version }, undefined, wallMs);
    });
  }

  /** What was opened and never closed has no result: power was cut, or the program was killed. */
  #abortOpenSessions(): void {
    const open = this.#read(({ openSessions }) => openSessions.all());
    for (const { id } of open) {
      this.#options.log.warn({ session: id }, 'a session was cut off and is recorded as aborted');
      this.closeSession({ id, outcome: 'aborted', timings: {} });
    }
  }
}

/**
 * Verifies the journal of a data folder without starting a kiosk on it; also while one runs there.
 *
 * @throws KioskError `store/missing` when there is none
 */
export function verifyJournal(dir: string): JournalVerification {
  const database = openToRead(dir);
  try {
    return mapped(() => verifyDatabase(database));
  } finally {
    database.close();
  }
}

/**
 * Reads the log of a data folder as it is now, without starting a kiosk on it; also while one runs there.
 *
 * @throws KioskError `store/missing` when there is none, `store/older` when no kiosk of this program has run on it yet
 */
export function readLog(dir: string): LogReader {
  const database = openToRead(dir);
  try {
    refuseOlder(database, dir);
    database.exec('BEGIN');
    return {
      rows: (page) => mapped(() => readWhole(database, page)),
      close: () => {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw storeError(error);
  }
}

/** @throws KioskError `store/missing`, `store/newer` */
function openToRead(dir: string): Database.Database {
  const file = join(dir, DATABASE);
  if (!existsSync(file)) throw new KioskError('store/missing', `there is no database in ${dir}`);
  return mapped(() => {
    const database = new Database(file, { readonly: true });
    try {
      refuseNewer(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Copies the database of a data folder into a new file, also while a kiosk runs there, and proves the copy as a start and `kiosk verify`
 * would. The copy is one file by itself: no -wal and no -shm belong to it.
 *
 * @throws KioskError `store/missing`; `store/damaged` when the copy, and so the database, is not sound; what SQLite throws
 */
export async function copyDatabase(dir: string, file: string): Promise<JournalVerification> {
  const source = openToRead(dir);
  try {
    createPrivate(file);
    await source.backup(file);
  } finally {
    source.close();
  }
  const copy = new Database(file);
  try {
    copy.pragma('journal_mode = DELETE');
    checkIntegrity(copy, DATABASE);
    return verifyDatabase(copy);
  } finally {
    copy.close();
  }
}

/** One transaction, so that what a running kiosk writes meanwhile is not seen by halves. */
function verifyDatabase(database: Database.Database): JournalVerification {
  return database.transaction(() => verifyRecords(recordsOf(database)))();
}

/**
 * A lock that the system releases when its holder dies: an exclusive transaction, never ended, on a small database of its own. SQLite's
 * `locking_mode = EXCLUSIVE` on the real one would keep `kiosk verify` and every other reader out as well.
 */
function takeLock(file: string, dir: string): Database.Database {
  createPrivate(file);
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!systemCode(error).startsWith('SQLITE_BUSY')) throw error;
    throw new KioskError('store/in-use', `another kiosk is already running on the data folder ${dir}`, {
      cause: error,
    });
  }
}

/** As at a start. `upgrade: false` leaves its schema as it is. */
export function openDatabase(file: string, { upgrade = true } = {}): Database.Database {
  createPrivate(file);
  const database = new Database(file, { timeout: 2_000 });
  try {
    refuseNewer(database);
    // Its -wal and -shm get the same permissions as the file.
    chmodSync(file, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    // A small WAL: one session is a few pages, and little is left to replay after a power cut.
    database.pragma('wal_autocheckpoint = 64');
    database.pragma('journal_size_limit = 1048576');
    // better-sqlite3 keeps up to 16 MB of pages: with a growing file the process would grow for thousands of presses before it is flat.
    database.pragma(`cache_size = -${CACHE_KIB}`);
    checkIntegrity(database, DATABASE);
    if (upgrade) migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw /^SQLITE_(CORRUPT|NOTADB)/.test(systemCode(error))
      ? damaged(DATABASE, describe(error), error)
      : error;
  }
}
