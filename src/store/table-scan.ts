import type {
  ReviewColumns,
  BootColumns,
  EarlierReferenceColumns,
  LesionColumns,
  LesionEditColumns,
  JournalColumns,
  SessionIndexColumns,
  ResultColumns,
  SessionColumns,
} from './columns.ts';
import {
  ASSESSED_SCHEMA,
  ASSIGNED_SCHEMA,
  CONTEXT_SCHEMA,
  LESION_EDIT_SCHEMA,
  OPERATOR_SCHEMA,
  RESCORED_SCHEMA,
  versionOf,
  type Migratable,
} from './migrations/migrate.ts';
import { ALL_ROWS } from './sql.ts';
import type { Tables } from './journal-replay.ts';
import type { OperatorColumns } from './operators.ts';
import type { RescoreColumns } from './rescores.ts';

/** All records of the database. */
export interface TableRows extends Tables {
  /** Ordered by sequence. */
  readonly journal: Iterable<JournalColumns>;
}

/** The part of a connection needed for scanning tables. */
export interface Scannable extends Migratable {
  prepare(sql: string): { iterate(): IterableIterator<unknown> };
}

/** All records of a database, read lazily. */
export function scanTables(database: Scannable): TableRows {
  const all = (sql: string): Iterable<unknown> => lazily(database, sql);
  const edited = versionOf(database) >= LESION_EDIT_SCHEMA;
  return {
    journal: all(ALL_ROWS.journal) as Iterable<JournalColumns>,
    boots: all(ALL_ROWS.boots) as Iterable<BootColumns>,
    sessions: all(ALL_ROWS.sessions) as Iterable<SessionColumns>,
    results: all(ALL_ROWS.results) as Iterable<ResultColumns>,
    // A database that has not been migrated to this version's schema has none of these.
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
      : { lesions: all(edited ? ALL_ROWS.lesions : ALL_ROWS.lesionsBeforeEdits) as Iterable<LesionColumns> }),
    ...(edited ? { lesionEdits: all(ALL_ROWS.lesionEdits) as Iterable<LesionEditColumns> } : {}),
    ...(versionOf(database) < ASSIGNED_SCHEMA
      ? {}
      : { earlierReferences: all(ALL_ROWS.earlierReferences) as Iterable<EarlierReferenceColumns> }),
    ...(versionOf(database) < OPERATOR_SCHEMA
      ? {}
      : { operators: all(ALL_ROWS.operators) as Iterable<OperatorColumns> }),
    ...(versionOf(database) < RESCORED_SCHEMA
      ? {}
      : { rescores: all(ALL_ROWS.rescores) as Iterable<RescoreColumns> }),
  };
}

/** A statement that is not read to its end would block the connection; one started by the loop is ended by it. */
function lazily(database: Scannable, sql: string): Iterable<unknown> {
  const statement = database.prepare(sql);
  return { [Symbol.iterator]: () => statement.iterate() };
}
