import { countConditions, pageConditions, parametersOf } from './filter.ts';
import type { Counter, LogCount, LogFilter, LogPage, WholePage } from './port.ts';
import { wholeOf, type SessionRow } from './rows.ts';
import { countSql, pageSql } from './sql.ts';

/** The part of a connection needed for reading. */
export interface Readable {
  prepare(sql: string): { all(parameters: object): unknown[] };
}

const LARGEST_PAGE = 200;

/** Rows of one page, newest first, and the `before` of the next if there is one. */
export function readPage(
  database: Readable,
  { limit, before, filter = {} }: LogPage,
): { readonly rows: readonly SessionRow[]; readonly next?: number } {
  const count = pageLength(limit);
  const parameters = { ...parametersOf(filter), before: before ?? Number.MAX_SAFE_INTEGER, count: count + 1 };
  const found = database.prepare(pageSql(pageConditions(filter))).all(parameters) as SessionRow[];
  const rows = found.slice(0, count);
  const last = rows.at(-1);
  return { rows, ...(found.length > count && last !== undefined ? { next: last.number } : {}) };
}

export function readWhole(database: Readable, page: LogPage): WholePage {
  const { rows, ...rest } = readPage(database, page);
  return { sessions: rows.map(wholeOf), ...rest };
}

export function counterOf(database: Readable, filter: LogFilter): Counter {
  const statement = database.prepare(countSql(countConditions(filter)));
  const parameters = parametersOf(filter);
  return (openedFrom, openedBefore) =>
    statement.all({ ...parameters, openedFrom, openedBefore }) as LogCount[];
}

export function pageLength(limit: number): number {
  return Math.min(Math.max(1, Math.floor(limit)), LARGEST_PAGE);
}
