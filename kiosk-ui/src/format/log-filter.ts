import type { LogQuery } from '#protocol/log-query.ts';
import { t } from '../i18n/translate.ts';
import { calendarDay } from './calendar.ts';
import { outcomeName } from './session-text.ts';

/** What to show of the log; absent parts do not filter. */
export type LogChoice = Pick<LogQuery, 'from' | 'to' | 'reference' | 'outcome' | 'statement' | 'clinician'>;

/** The parts selected with a button each, in display order. */
export const CHOICES = {
  outcome: ['result', 'withheld', 'retake', 'fault', 'aborted'],
  statement: ['above', 'at', 'below'],
  clinician: ['agree', 'disagree', 'unsure', 'none'],
} as const;

/** As a query string. */
export function queryOf(choice: LogChoice): string {
  const given = Object.entries(choice).filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(given).toString();
}

export function isFiltered(choice: LogChoice): boolean {
  return queryOf(choice) !== '';
}

/** A short label for each active part. */
export function choiceWords({
  from,
  to,
  reference,
  outcome,
  statement,
  clinician,
}: LogChoice): readonly string[] {
  return [
    ...(from === undefined || to === undefined ? [] : [daysWords(from, to)]),
    ...(reference === undefined ? [] : [reference]),
    ...(outcome === undefined ? [] : [outcomeName(outcome)]),
    ...(statement === undefined ? [] : [t(`filter.${statement}`)]),
    ...(clinician === undefined
      ? []
      : [clinician === 'none' ? t('filter.none') : t(`clinician.${clinician}`)]),
  ];
}

/** One day, or the first and the last. */
export function daysWords(from: string, to: string): string {
  return from === to ? calendarDay(from) : `${calendarDay(from)} – ${calendarDay(to)}`;
}
