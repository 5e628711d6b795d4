import type { LogFilter } from './port.ts';

/** Conditions on a row of `log`, each true of every row where its part of the filter is not given. */
const CONDITIONS: Readonly<Record<keyof LogFilter, (value: unknown) => string>> = {
  openedFrom: () => 'opened_wall_ms >= @openedFrom',
  openedBefore: () => 'opened_wall_ms < @openedBefore',
  source: () => 'source = @source',
  outcome: () => 'outcome = @outcome',
  statement: () => 'statement = @statement',
  disposition: () => 'disposition = @disposition',
  assessed: (value) =>
    value === 'yes'
      ? '(clinician IS NOT NULL OR histology IS NOT NULL)'
      : `clinician IS NULL AND histology IS NULL AND ${ASSESSABLE}`,
  clinician: (value) => (value === 'none' ? `clinician IS NULL AND ${ASSESSABLE}` : 'clinician = @clinician'),
  histology: (value) => (value === 'none' ? `histology IS NULL AND ${ASSESSABLE}` : 'histology = @histology'),
};

const ASSESSABLE = "outcome IN ('result', 'withheld')";

/** The conditions of a filter, in SQL on `log` with the filter's own names as parameters. */
export function conditionsOf(filter: LogFilter): string[] {
  return Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [CONDITIONS[name as keyof LogFilter](value)],
  );
}
