import type { JournalColumns } from './columns.ts';
import { GENESIS, hashOf } from './journal.ts';
import type { JournalVerification } from './port.ts';
import { JournalReplay } from './journal-replay.ts';
import { scanTables, type Scannable, type TableRows } from './table-scan.ts';

/** The part of a connection that verification needs. */
type Verifiable = Scannable & { transaction<T>(run: () => T): () => T };

/** One transaction, so that concurrent writes of a running kiosk are not seen partially. */
export function verifyDatabase(database: Verifiable): JournalVerification {
  return database.transaction(() => verifyRecords(scanTables(database)))();
}

/**
 * Verifies the chain from its first row, then compares every row of the other tables with its journal row.
 *
 * The chain has no key. Anyone with write access to the file can truncate it, or rewrite it from some row to the end,
 * and leave a consistent chain: this is detectable only with `rows` and `head` stored elsewhere. `firstBad.sequence` is
 * 0 if no journal row covers the problem.
 */
export function verifyRecords({ journal, ...tables }: TableRows): JournalVerification {
  const told = new JournalReplay(tables);
  let [head, rows] = [GENESIS, 0];
  const bad = (sequence: number, problem: string): JournalVerification => ({
    intact: false,
    rows,
    firstBad: { sequence },
    problem,
  });
  for (const row of journal) {
    const problem = brokenBy(row, rows + 1, head) ?? unreadable(told, row);
    if (problem !== undefined) return bad(row.sequence, problem);
    [head, rows] = [row.hash, rows + 1];
  }
  const difference = told.difference(tables);
  return difference === undefined
    ? { intact: true, rows, head }
    : bad(difference.sequence, difference.problem);
}

function unreadable(told: JournalReplay, row: JournalColumns): string | undefined {
  try {
    told.apply(row);
    return undefined;
  } catch {
    return `row ${row.sequence} cannot be read`;
  }
}

function brokenBy(row: JournalColumns, expected: number, head: string): string | undefined {
  const { sequence } = row;
  if (sequence !== expected) return `row ${expected} is missing`;
  if (row.previous_hash !== head) return `row ${sequence} does not chain to the row before it`;
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
  return hash === row.hash ? undefined : `row ${sequence} was modified`;
}
