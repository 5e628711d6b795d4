import type {
  ReviewColumns,
  BootColumns,
  LesionColumns,
  JournalColumns,
  SessionIndexColumns,
  ResultColumns,
  SessionColumns,
} from './columns.ts';
import { ASSESSED_SCHEMA, CONTEXT_SCHEMA, versionOf, type Migratable } from './migrations/migrate.ts';
import { ALL_ROWS } from './sql.ts';
import type { Tables } from './journal-replay.ts';

/** Everything the database tells. */
export interface TableRows extends Tables {
  /** In the order of the sequence. */
  readonly journal: Iterable<JournalColumns>;
}

/** The little of a connection that walking through tables takes. */
export interface Scannable extends Migratable {
  prepare(sql: string): { iterate(): IterableIterator<unknown> };
}

/** Everything a database tells, read when it is asked for. */
export function scanTables(database: Scannable): TableRows {
  const all = (sql: string): Iterable<unknown> => lazily(database, sql);
  return {
    journal: all(ALL_ROWS.journal) as Iterable<JournalColumns>,
    boots: all(ALL_ROWS.boots) as Iterable<BootColumns>,
    sessions: all(ALL_ROWS.sessions) as Iterable<SessionColumns>,
    results: all(ALL_ROWS.results) as Iterable<ResultColumns>,
    // A database that was not yet brought up to this program's schema has neither.
    ...(versionOf(database) < ASSESSED_SCHEMA
      ? {}
      : {
          assessed: {
            assessments: all(ALL_ROWS.assessments) as Iterable<ReviewColumns>,
            log: all(ALL_ROWS.log) as Iterable<SessionIndexColumns>,
          },
        }),
    ...(versionOf(database) < CONTEXT_SCHEMA
      ? {}
      : { lesions: all(ALL_ROWS.lesions) as Iterable<LesionColumns> }),
  };
}

/** A statement begun and never read to its end would block the connection; one that is begun by the loop is ended by it. */
function lazily(database: Scannable, sql: string): Iterable<unknown> {
  const statement = database.prepare(sql);
  return { [Symbol.iterator]: () => statement.iterate() };
}
