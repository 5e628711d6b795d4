import type { JournalBodies } from '../protocol/journal.ts';
import type { Rescore, Rescored } from '../protocol/rescore.ts';
import type { RescoreColumns } from './columns.ts';
import { canonical } from './journal.ts';

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
