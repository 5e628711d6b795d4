import { dayBounds } from '../lib/local-day.ts';
import { FILTER_NAMES, type LogQuery } from '../protocol/log-query.ts';
import type { LogFilter } from './port.ts';

const MONTH_MS = 32 * 24 * 3_600_000;

const ASSESSABLE = "+outcome IN ('result', 'withheld')";

/**
 * What each part of a filter says of a row of `log`, the part that finds the fewest rows first: it may use its index, which `column` names. To
 * the others a `+` forbids theirs (https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_), because SQLite
 * would take the first equality for the best.
 */
const CONDITIONS: readonly (readonly [
  part: keyof LogFilter,
  condition: (mayIndex: '' | '+', value: unknown) => string,
])[] = [
  ['openedFrom', (i) => `${i}opened_wall_ms >= @openedFrom`],
  ['openedBefore', (i) => `${i}opened_wall_ms < @openedBefore`],
  ['histology', (i, value) => given(`${i}histology`, '@histology', value)],
  ['clinician', (i, value) => given(`${i}clinician`, '@clinician', value)],
  [
    'assessed',
    (i, value) =>
      value === 'yes'
        ? '(+clinician IS NOT NULL OR +histology IS NOT NULL)'
        : `${i}clinician IS NULL AND +histology IS NULL AND ${ASSESSABLE}`,
  ],
  ['disposition', (i) => `${i}disposition = @disposition`],
  ['source', (i) => `${i}source = @source`],
  ['outcome', (i) => `${i}outcome = @outcome`],
  ['statement', () => 'statement = @statement'],
];

function given(column: string, parameter: string, value: unknown): string {
  return value === 'none' ? `${column} IS NULL AND ${ASSESSABLE}` : `${column} = ${parameter}`;
}

/** The conditions of a filter, in SQL on `log` with the filter's own names as parameters. */
export function conditionsOf(filter: LogFilter): string[] {
  const parts = CONDITIONS.filter(([part]) => filter[part] !== undefined);
  const times = parts.filter(([part]) => part.startsWith('opened')).length;
  // Of a long stretch of time the newest are found sooner by walking back than by sorting all that lies in it.
  const [first, last] = isShort(filter) ? [0, times] : [times, times + 1];
  return parts.map(([part, condition], i) => condition(i >= first && i < last ? '' : '+', filter[part]));
}

function isShort({ openedFrom, openedBefore }: LogFilter): boolean {
  return openedFrom !== undefined && openedBefore !== undefined && openedBefore - openedFrom <= MONTH_MS;
}

/** A query's filter, its days as moments by the board's time zone; or in words what is wrong with its days. */
export function filterOf(query: LogQuery): { readonly filter: LogFilter } | { readonly problem: string } {
  const { day } = query;
  if (day !== undefined && (query.from !== undefined || query.to !== undefined))
    return { problem: 'Give either “day” or “from” and “to”.' };
  const [from, to] = [day ?? query.from, day ?? query.to];
  for (const [name, given] of Object.entries({ day, from: query.from, to: query.to })) {
    if (given !== undefined && dayBounds(given) === undefined)
      return { problem: `“${name}” must be a day such as 2026-11-26.` };
  }
  if (from !== undefined && to !== undefined && from > to)
    return { problem: '“from” must not be later than “to”.' };
  const openedFrom = from === undefined ? undefined : dayBounds(from)?.from;
  const openedBefore = to === undefined ? undefined : dayBounds(to)?.before;
  const others = FILTER_NAMES.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]]));
  return {
    filter: {
      ...(Object.fromEntries(others) as Omit<LogFilter, 'openedFrom' | 'openedBefore'>),
      ...(openedFrom === undefined ? {} : { openedFrom }),
      ...(openedBefore === undefined ? {} : { openedBefore }),
    },
  };
}
