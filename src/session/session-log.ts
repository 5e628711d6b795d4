import { codeOf, describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { JournalBodies } from '../protocol/journal.ts';
import type { CaptureSource } from '../protocol/view.ts';
import { journalBestEffort, writeBestEffort } from '../store/best-effort.ts';
import type { SessionRecord, SessionStore, SessionSubject } from '../store/port.ts';
import type { Event } from './machine.ts';
import { faultCode, type Job } from './stages.ts';

type Opened = { readonly id: string; readonly source: CaptureSource } & SessionSubject;

/** A session's writes to the store, and those that can wait for the disk. */
export class SessionLog {
  readonly #store: SessionStore;
  readonly #log: Logger;
  /** Closings that could not be written; they are written before the next session opens. */
  #unwritten: SessionRecord[] = [];

  constructor({ store, log }: { readonly store: SessionStore; readonly log: Logger }) {
    this.#store = store;
    this.#log = log;
  }

  /** @throws KioskError as every write: no session starts without its row */
  open(session: Opened): { readonly number: number } {
    this.#writeLeftovers();
    return this.#store.openSession(session);
  }

  /** @throws KioskError as every write: no result is shown that is not in the log */
  conclude(record: SessionRecord): void {
    this.#store.closeSession(record);
  }

  end(record: SessionRecord): void {
    this.#unwritten.push(record);
    writeBestEffort(this.#log, 'session-closed', () => {
      this.#writeLeftovers();
    });
  }

  /** @param session the current one, if rows can belong to it */
  pressIgnored(body: JournalBodies['press-ignored'], session?: string): void {
    journalBestEffort(this.#store, this.#log, { kind: 'press-ignored', body }, session);
  }

  /** The event of a stage that failed. Errors caused by aborting the session have already been reported. */
  failed({ id, abort }: Pick<Job, 'id' | 'abort'>, stage: string, error: unknown): Event {
    if (!abort.signal.aborted) {
      const fields = { session: id, stage, code: codeOf(error), error: describe(error) };
      this.#log.warn(fields, 'the session failed');
    }
    return { type: 'failed', id, code: faultCode(error) };
  }

  #writeLeftovers(): void {
    for (let [record] = this.#unwritten; record !== undefined; [record] = this.#unwritten) {
      this.#store.closeSession(record);
      this.#unwritten = this.#unwritten.slice(1);
    }
  }
}
