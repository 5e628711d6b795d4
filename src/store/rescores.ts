import type { JournalBodies } from '../protocol/journal.ts';
import type { Rescore, Rescored } from '../protocol/rescore.ts';
import { requireReviewable } from './errors.ts';
import { canonical } from './journal.ts';
import type { RescoreStore } from './port.ts';
import type { Statements } from './statements.ts';

/** A row of `rescores`. */
export interface RescoreColumns {
  readonly sequence: number;
  readonly session_id: string;
  readonly outcome: Rescore['outcome'];
  readonly reason: string | null;
  readonly malignancy: number | null;
  readonly threshold: number | null;
  readonly statement: string | null;
  /** JSON. */
  readonly probabilities: string | null;
  readonly prevalence: number | null;
  readonly model: string;
  readonly wall_ms: number;
  readonly operator: string | null;
}

type Body = JournalBodies['session-rescored'];

/** Exactly the fields of its outcome: a number that slipped into a withheld one stays out. */
export function rescoreBody(rescore: Rescore, operator?: string): Body {
  const { outcome, model } = rescore;
  const { name, version, sha256, engine } = model;
  const by = operator === undefined ? {} : { operator };
  const common = { model: { name, version, sha256, engine }, ...by };
  if (outcome !== 'result') return { ...common, outcome, reason: rescore.reason } as Body;
  const { malignancy, threshold, statement, probabilities, prevalence } = rescore;
  const at = prevalence === undefined ? {} : { prevalence };
  return { ...common, outcome, malignancy, threshold, statement, probabilities, ...at };
}

export function rescoreColumns(
  body: Body,
  row: { readonly sequence: number; readonly sessionId: string; readonly wallMs: number },
): RescoreColumns {
  const scored = body.outcome === 'result' ? body : undefined;
  return {
    sequence: row.sequence,
    session_id: row.sessionId,
    outcome: body.outcome,
    reason: body.outcome === 'result' ? null : body.reason,
    malignancy: scored?.malignancy ?? null,
    threshold: scored?.threshold ?? null,
    statement: scored?.statement ?? null,
    probabilities: scored === undefined ? null : canonical(scored.probabilities),
    prevalence: scored?.prevalence ?? null,
    model: canonical(body.model),
    wall_ms: row.wallMs,
    operator: body.operator ?? null,
  };
}

/** From the row of the journal. */
export function rescoredOf(body: string, wallMs: number): Rescored {
  return { ...(JSON.parse(body) as Body), at: new Date(wallMs).toISOString() };
}

type Journalled = (
  event: { kind: 'session-rescored'; body: Body },
  session: string,
  wallMs: number,
) => number;

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
