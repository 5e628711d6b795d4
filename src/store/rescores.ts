import type { JournalEvent } from '../protocol/journal.ts';
import type { Rescore } from '../protocol/rescore.ts';
import { requireReviewable } from './errors.ts';
import type { RescoreStore } from './port.ts';
import { rescoreBody, rescoreColumns } from './rescore-rows.ts';
import type { Statements } from './statements.ts';

type Journalled = (event: JournalEvent<'session-rescored'>, session: string, wallMs: number) => number;

/** Results of later models, in the store's own transactions. */
export class SqliteRescores implements RescoreStore {
  readonly #write: (run: (statements: Statements, journal: Journalled) => void) => void;
  readonly #now: () => number;

  constructor(
    write: (run: (statements: Statements, journal: Journalled) => void) => void,
    now: () => number,
  ) {
    this.#write = write;
    this.#now = now;
  }

  add(session: string, rescore: Rescore, operator?: string): void {
    this.#write(({ outcomeOf, insertRescore }, journal) => {
      requireReviewable(outcomeOf.get(session)?.outcome);
      const wallMs = this.#now();
      const body = rescoreBody(rescore, operator);
      const sequence = journal({ kind: 'session-rescored', body }, session, wallMs);
      insertRescore.run(rescoreColumns(body, { sequence, sessionId: session, wallMs }));
    });
  }
}
