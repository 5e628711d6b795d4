import { canonical, GENESIS, hashOf } from './journal.ts';
import type { JournalVerification } from './port.ts';
import {
  resultColumns,
  type BootColumns,
  type ClosingBody,
  type JournalColumns,
  type ResultColumns,
  type SessionColumns,
} from './rows.ts';

/** Everything the database tells, in the order of the journal's sequence; the other tables in any order. */
export interface Records {
  readonly journal: Iterable<JournalColumns>;
  readonly boots: Iterable<BootColumns>;
  readonly sessions: Iterable<SessionColumns>;
  readonly results: Iterable<ResultColumns>;
}

/** What a row of the journal says that another table must hold. */
interface Told {
  readonly sequence: number;
  readonly row: string;
}

/**
 * Walks the chain from its first row, then holds every boot, session and result against the journal's row that tells of it.
 *
 * The chain has no key. Who may write the file can cut its tail, or write it anew from some row to the end, and leave a chain that is whole in
 * itself: that shows only against `rows` and `head` kept somewhere else. `firstBad.sequence` is 0 when no row of the journal tells of what is wrong.
 */
export function verifyRecords({ journal, boots, sessions, results }: Records): JournalVerification {
  const told = new Map<string, Told>();
  let [head, rows] = [GENESIS, 0];
  const bad = (sequence: number, problem: string): JournalVerification => ({
    intact: false,
    rows,
    firstBad: { sequence },
    problem,
  });
  for (const row of journal) {
    const problem = brokenBy(row, rows + 1, head) ?? tell(told, row);
    if (problem !== undefined) return bad(row.sequence, problem);
    [head, rows] = [row.hash, rows + 1];
  }
  for (const [key, row] of rowsOf(boots, sessions, results)) {
    const telling = told.get(key);
    if (telling === undefined) return bad(0, `the ${key} is not in the journal`);
    if (telling.row !== canonical(row)) return bad(telling.sequence, `the ${key} differs from the journal`);
    told.delete(key);
  }
  for (const [key, { sequence }] of told) return bad(sequence, `the ${key} is missing`);
  return { intact: true, rows, head };
}

function brokenBy(row: JournalColumns, expected: number, head: string): string | undefined {
  const { sequence } = row;
  if (sequence !== expected) return `row ${expected} is missing`;
  if (row.previous_hash !== head) return `row ${sequence} does not follow the row before it`;
  const hash = hashOf({
    sequence,
    bootId: row.boot_id,
    monotonicMs: row.monotonic_ms,
    wallMs: row.wall_ms,
    kind: row.kind,
    sessionId: row.session_id,
    body: row.body,
    previousHash: row.previous_hash,
  });
  return hash === row.hash ? undefined : `row ${sequence} was changed`;
}

/** Notes what a row of the journal says of another table; what cannot be read is a problem. */
function tell(told: Map<string, Told>, row: JournalColumns): string | undefined {
  const { sequence, boot_id, session_id, wall_ms } = row;
  try {
    if (row.kind === 'started') {
      told.set(keys.boot(boot_id), { sequence, row: canonical({ boot_id, started_wall_ms: wall_ms }) });
    } else if (row.kind === 'session-opened' && session_id !== null) {
      const { number, source } = JSON.parse(row.body) as Pick<SessionColumns, 'number' | 'source'>;
      const session = { number, id: session_id, source, boot_id, opened_wall_ms: wall_ms };
      told.set(keys.session(session_id), { sequence, row: canonical(session) });
    } else if (row.kind === 'session-closed' && session_id !== null) {
      const result = resultColumns(session_id, JSON.parse(row.body) as ClosingBody);
      told.set(keys.result(session_id), { sequence, row: canonical(result) });
    }
    return undefined;
  } catch {
    return `row ${sequence} cannot be read`;
  }
}

/** What a database has not got that was not yet brought up to this program's schema. */
const LATER_COLUMNS: Pick<ResultColumns, 'lesion' | 'hints'> = { lesion: null, hints: null };

const keys = {
  boot: (id: string) => `row of start ${id}`,
  session: (id: string) => `row of session ${id}`,
  result: (id: string) => `result of session ${id}`,
};

function* rowsOf(
  boots: Iterable<BootColumns>,
  sessions: Iterable<SessionColumns>,
  results: Iterable<ResultColumns>,
): Generator<[key: string, row: object]> {
  for (const row of boots) yield [keys.boot(row.boot_id), row];
  for (const row of sessions) yield [keys.session(row.id), row];
  for (const row of results) yield [keys.result(row.session_id), { ...LATER_COLUMNS, ...row }];
}
