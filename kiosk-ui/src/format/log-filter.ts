import type { HistologyFinding } from '#protocol/assessments.ts';
import type { FILTERS, FilterName } from '#protocol/log-query.ts';
import { t } from '../i18n/translate.ts';
import type { LogChoice } from '../state/log-choice.ts';
import { calendarDay } from './calendar.ts';
import { histologyName, outcomeName } from './session-text.ts';

/** The parts that are one of several values, in display order; worklists have tabs. */
export const CHOICES = [
  ...['patient', 'outcome', 'statement', 'disposition', 'clinician', 'histology', 'assessed', 'source'],
] as const satisfies readonly FilterName[];

/** The tabs of the log, each with its part of the filter. */
export const LOG_TABS = {
  all: {},
  unassigned: { patient: 'none' },
  'histology-pending': { worklist: 'histology-pending' },
  due: { worklist: 'due' },
} as const satisfies Readonly<Record<string, LogChoice>>;

export type LogTab = keyof typeof LOG_TABS;

export function tabOf({ worklist, patient }: LogChoice): LogTab {
  return worklist ?? (patient === 'none' ? 'unassigned' : 'all');
}

/** The same filter in another tab. */
export function onTab(choice: LogChoice, tab: LogTab): LogChoice {
  return { ...withoutTab(choice), ...LOG_TABS[tab] };
}

/** The filter without what its tab says. */
export function withoutTab(choice: LogChoice): LogChoice {
  const { worklist, ...rest } = choice;
  if (worklist !== undefined || rest.patient !== 'none') return rest;
  return without(rest, 'patient');
}

/** The filter without some of its parts. */
export function without(choice: LogChoice, ...parts: readonly (keyof LogChoice)[]): LogChoice {
  return Object.fromEntries(Object.entries(choice).filter(([name]) => !parts.some((part) => part === name)));
}

/** As a query string. */
export function queryOf(choice: LogChoice): string {
  const given = Object.entries(choice).filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(given).toString();
}

export function isFiltered(choice: LogChoice): boolean {
  return queryOf(choice) !== '';
}

/** A short label for each active part; `lesion` is an id, which nobody can read. */
export function choiceWords(choice: LogChoice): readonly string[] {
  const { from, to, reference, lesion, search, worklist } = choice;
  return [
    ...(from === undefined || to === undefined ? [] : [daysWords(from, to)]),
    ...(reference === undefined ? [] : [reference]),
    ...(lesion === undefined ? [] : [t('detail.lesion')]),
    ...(search === undefined ? [] : [t('log.searched', { text: search })]),
    ...(worklist === undefined ? [] : [t(`log.tab.${worklist}`)]),
    ...CHOICES.flatMap((part) => {
      const value = choice[part];
      return value === undefined ? [] : [partWord(part, value)];
    }),
  ];
}

/** One day, or the first and the last. */
export function daysWords(from: string, to: string): string {
  return from === to ? calendarDay(from) : `${calendarDay(from)} – ${calendarDay(to)}`;
}

export type ChoicePart = (typeof CHOICES)[number];

export type ChoiceValue = (typeof FILTERS)[ChoicePart][number];

/** Unambiguous without its title: “none” is of one of two. */
function partWord(part: ChoicePart, value: ChoiceValue): string {
  const label = valueLabel(part, value);
  return value === 'none' && part !== 'patient' ? `${partTitle(part)}: ${label}` : label;
}

export function partTitle(part: ChoicePart): string {
  if (part === 'patient') return t('patient');
  return part === 'histology' ? t('findings.histology') : t(`filter.${part}`);
}

/** A value beside the title of its part. */
export function valueLabel(part: ChoicePart, value: ChoiceValue): string {
  if (part === 'patient') return t(value === 'some' ? 'filter.patient.some' : 'log.tab.unassigned');
  if (part === 'assessed') return t(value === 'yes' ? 'filter.assessed.yes' : 'filter.assessed.no');
  if (part === 'histology')
    return value === 'none' ? t('filter.none') : histologyName(value as HistologyFinding);
  return OTHER_LABELS[value as OtherValue]();
}

type OtherValue = (typeof FILTERS)[Exclude<ChoicePart, 'patient' | 'assessed' | 'histology'>][number];

const OTHER_LABELS: Readonly<Record<OtherValue, () => string>> = {
  none: () => t('filter.none'),
  above: () => t('filter.above'),
  at: () => t('filter.at'),
  below: () => t('filter.below'),
  agree: () => t('clinician.agree'),
  disagree: () => t('clinician.disagree'),
  unsure: () => t('clinician.unsure'),
  unreviewed: () => t('disposition.unreviewed'),
  accepted: () => t('disposition.accepted'),
  discarded: () => t('disposition.discarded'),
  camera: () => t('source.camera'),
  upload: () => t('source.upload'),
  result: () => outcomeName('result'),
  withheld: () => outcomeName('withheld'),
  retake: () => outcomeName('retake'),
  fault: () => outcomeName('fault'),
  aborted: () => outcomeName('aborted'),
};
