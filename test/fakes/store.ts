import { KioskError } from '../../src/lib/errors.ts';
import type { SessionDetail, SessionPage } from '../../src/protocol/http.ts';
import type { CaptureSource, Disposition } from '../../src/protocol/view.ts';
import { canonical, GENESIS, hashOf } from '../../src/store/journal.ts';
import type { JournalVerification, SessionRecord, SessionStore } from '../../src/store/port.ts';
import {
  closingBody,
  detailOf,
  resultColumns,
  summaryOf,
  type JournalColumns,
  type ResultColumns,
  type SessionColumns,
  type SessionRow,
} from '../../src/store/rows.ts';
import { verifyRecords } from '../../src/store/verify.ts';
import { FakeClock } from './clock.ts';

const BOOT = 'memory';

/** A store without a disk: the same rules, rows and hashes, and a disk that fails when the test says so. */
export class MemoryStore implements SessionStore {
  readonly sessions: SessionColumns[] = [];
  readonly results: ResultColumns[] = [];
  readonly journal: JournalColumns[] = [];
  readonly #clock: FakeClock;
  #failure: KioskError | undefined;

  constructor(clock = new FakeClock()) {
    this.#clock = clock;
    this.append('started', {});
  }

  /** Every write fails with this code from now on; without a code they work again. */
  fail(code?: string): void {
    this.#failure = code === undefined ? undefined : new KioskError(code, 'the test says so');
  }

  openSession({ id, source }: { readonly id: string; readonly source: CaptureSource }): { number: number } {
    this.#demand(!this.sessions.some((session) => session.id === id), 'the session is there already');
    const number = this.sessions.length + 1;
    this.append('session-opened', { number, source }, undefined, id);
    this.sessions.push({ number, id, source, boot_id: BOOT, opened_wall_ms: this.#clock.wall() });
    return { number };
  }

  closeSession(record: SessionRecord): void {
    this.#demand(!this.results.some((result) => result.session_id === record.id), 'the session is closed');
    const body = closingBody(record);
    this.append('session-closed', body, record.id);
    this.results.push(resultColumns(record.id, body));
  }

  addDisposition(id: string, disposition: Exclude<Disposition, 'unreviewed'>): void {
    this.append('disposition', { disposition }, id);
  }

  /** @param newId a session that this very row brings in */
  append(kind: string, body: object, sessionId?: string, newId?: string): void {
    this.probe();
    const known = sessionId === undefined || this.sessions.some(({ id }) => id === sessionId);
    this.#demand(known, 'there is no such session');
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

  list({ limit, before }: { readonly limit: number; readonly before?: number }): SessionPage {
    const count = Math.min(Math.max(1, Math.floor(limit)), 200);
    const rows = this.#closed()
      .filter(({ number }) => number < (before ?? Infinity))
      .reverse();
    const sessions = rows.slice(0, count).map(summaryOf);
    return { sessions, ...(rows.length > count ? { next: sessions.at(-1)!.number } : {}) };
  }

  get(id: string): SessionDetail | undefined {
    const row = this.#closed().find((candidate) => candidate.id === id);
    return row && detailOf(row, this.#journalOf(id));
  }

  verify(): JournalVerification {
    const { journal, sessions, results } = this;
    const boots = [{ boot_id: BOOT, started_wall_ms: this.journal[0]!.wall_ms }];
    return verifyRecords({ journal, boots, sessions, results });
  }

  probe(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #closed(): SessionRow[] {
    return this.results
      .map(({ session_id, ...result }) => ({
        ...this.sessions.find(({ id }) => id === session_id)!,
        ...result,
        disposition: this.#dispositionOf(session_id),
      }))
      .sort((a, b) => a.number - b.number);
  }

  #dispositionOf(id: string): Disposition | null {
    const row = this.#journalOf(id).findLast(({ kind }) => kind === 'disposition');
    return row === undefined ? null : (JSON.parse(row.body) as { disposition: Disposition }).disposition;
  }

  #journalOf(id: string): JournalColumns[] {
    return this.journal.filter(({ session_id }) => session_id === id);
  }

  #demand(condition: boolean, problem: string): void {
    if (!condition) throw new KioskError('store/failed', problem);
  }
}
