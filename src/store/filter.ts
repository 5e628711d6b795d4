import { dayBounds } from '../lib/local-day.ts';
import { FILTER_NAMES, type LogQuery } from '../protocol/log-query.ts';
import { HISTOLOGY_PENDING } from './migrations/0009-worklists.ts';
import type { LogFilter } from './port.ts';
import { containing, searchOf } from './search.ts';

const ASSESSABLE = "+outcome IN ('result', 'withheld')";

/** Only a result or a withheld one that was not discarded is a capture of a lesion. */
const CAPTURED = `${ASSESSABLE} AND +disposition <> 'discarded'`;

const OF_REFERENCE = 'patient_id = (SELECT id FROM patients WHERE reference = @reference)';

const SEARCHED = `SELECT l.number FROM patients p JOIN log l ON l.patient_id = p.id
    WHERE p.reference LIKE @searchText ESCAPE '\\'
  UNION ALL SELECT number FROM log WHERE number = @searchNumber
  UNION ALL SELECT number FROM log WHERE opened_wall_ms >= @searchFrom AND opened_wall_ms < @searchBefore`;

/** The last capture of each open lesion that is neither discarded nor settled by histology, if it was before `dueBefore`. */
const LAST_OF_LESION = `SELECT max(number) FROM log
    WHERE lesion_id IS NOT NULL AND ${CAPTURED}
      AND lesion_id NOT IN (SELECT id FROM lesions WHERE closed IS NOT NULL)
    GROUP BY lesion_id
    HAVING max(opened_wall_ms) < @dueBefore
      AND count(CASE WHEN histology NOT IN ('inconclusive', 'not-excised') THEN 1 END) = 0`;

const WORKLISTS: Readonly<Record<NonNullable<LogFilter['worklist']>, string>> = {
  'histology-pending': HISTOLOGY_PENDING,
  due: LAST_OF_LESION,
};

/**
 * SQL conditions on `log` for each part of a filter except times, most selective first: the first may use its index,
 * named by `column`. A `+` disables the index of the others
 * (https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_), because SQLite would prefer
 * the first equality.
 */
const CONDITIONS: readonly (readonly [
  part: Exclude<keyof LogFilter, 'openedFrom' | 'openedBefore' | 'dueBefore'>,
  condition: (mayIndex: '' | '+', value: unknown) => string,
])[] = [
  ['lesion', (i) => `${i}lesion_id = @lesion`],
  ['reference', (i) => `${i}${OF_REFERENCE}`],
  ['search', (i) => `${i}number IN (${SEARCHED})`],
  ['worklist', (i, value) => `${i}number IN (${WORKLISTS[value as NonNullable<LogFilter['worklist']>]})`],
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
  [
    'patient',
    (i, value) => (value === 'none' ? `${i}patient_id IS NULL AND ${CAPTURED}` : '+patient_id IS NOT NULL'),
  ],
  // Every statement but `below` is a referral.
  [
    'statement',
    (_, value) => (value === 'above' ? "statement IN (@statement, 'at')" : 'statement = @statement'),
  ],
];

function given(column: string, parameter: string, value: unknown): string {
  return value === 'none' ? `${column} IS NULL AND ${ASSESSABLE}` : `${column} = ${parameter}`;
}

/** The conditions of a filter for a page, as SQL on `log` with the filter's names as parameters. */
export function pageConditions(filter: LogFilter): string[] {
  return [...numbersBetween(filter), ...timesOf(filter, '+'), ...othersOf(filter, 1)];
}

/** The same for a count, which always covers a time range, and whose rows need no order. */
export function countConditions(filter: LogFilter): string[] {
  const { openedFrom = 0, openedBefore = 0 } = filter;
  return [...timesOf({ openedFrom, openedBefore }, ''), ...othersOf(filter, 0)];
}

function timesOf({ openedFrom, openedBefore }: LogFilter, mayIndex: '' | '+'): string[] {
  return [
    ...(openedFrom === undefined ? [] : [`${mayIndex}opened_wall_ms >= @openedFrom`]),
    ...(openedBefore === undefined ? [] : [`${mayIndex}opened_wall_ms < @openedBefore`]),
  ];
}

/** @param indexed number of conditions that may use an index */
function othersOf(filter: LogFilter, indexed: 0 | 1): string[] {
  return CONDITIONS.filter(([part]) => filter[part] !== undefined).map(([part, condition], i) =>
    condition(i < indexed ? '' : '+', filter[part]),
  );
}

/**
 * The range of numbers that contains all sessions of a time range, from the index of the times alone: a page is found
 * by scanning backwards within it, wherever it is and whatever the clock has done. A range up to the present needs no
 * upper bound.
 */
function numbersBetween(filter: LogFilter): string[] {
  if (filter.openedBefore === undefined) return [];
  const number = (which: 'min' | 'max'): string =>
    `(SELECT ${which}(number) FROM log INDEXED BY log_by_opened WHERE ${timesOf(filter, '').join(' AND ')})`;
  return [
    `number <= ${number('max')}`,
    ...(filter.openedFrom === undefined ? [] : [`number >= ${number('min')}`]),
  ];
}

/** The parameters of a filter's conditions. */
export function parametersOf({ search, ...filter }: LogFilter): object {
  const [searchFrom, searchBefore] = search?.opened ?? [null, null];
  const searchText = search === undefined ? null : containing(search.text);
  const searched = { searchText, searchNumber: search?.number ?? null, searchFrom, searchBefore };
  return { dueBefore: null, ...filter, ...searched };
}

/**
 * A query's filter with its days as times in the board's time zone; or the problem with its days, as text.
 *
 * @param dueBefore of the worklist `due`, milliseconds since 1970
 */
export function filterOf(
  query: LogQuery,
  dueBefore?: number,
): { readonly filter: LogFilter } | { readonly problem: string } {
  const { day } = query;
  if (day !== undefined && (query.from !== undefined || query.to !== undefined))
    return { problem: 'Specify either “day” or “from” and “to”.' };
  const [from, to] = [day ?? query.from, day ?? query.to];
  for (const [name, given] of Object.entries({ day, from: query.from, to: query.to })) {
    if (given !== undefined && dayBounds(given) === undefined)
      return { problem: `“${name}” must be a day such as 2026-11-26.` };
  }
  if (from !== undefined && to !== undefined && from > to)
    return { problem: '“from” must not be later than “to”.' };
  const openedFrom = from === undefined ? undefined : dayBounds(from)?.from;
  const openedBefore = to === undefined ? undefined : dayBounds(to)?.before;
  const others = [...FILTER_NAMES, 'reference' as const, 'lesion' as const].flatMap((name) =>
    query[name] === undefined ? [] : [[name, query[name]]],
  );
  return {
    filter: {
      ...(Object.fromEntries(others) as Omit<LogFilter, 'openedFrom' | 'openedBefore'>),
      ...(openedFrom === undefined ? {} : { openedFrom }),
      ...(openedBefore === undefined ? {} : { openedBefore }),
      ...(query.search === undefined ? {} : { search: searchOf(query.search) }),
      ...(query.worklist === 'due' && dueBefore !== undefined ? { dueBefore } : {}),
    },
  };
}
