import { CLINICIAN_VERDICTS, HISTOLOGY_FINDINGS } from './assessments.ts';

/**
 * Filters of the log, by the names of the query fields (`GET /api/sessions?outcome=result&clinician=none`, `kiosk
 * export --outcome result`), in addition to days. All given filters must match.
 */
export const FILTERS = {
  source: ['camera', 'upload'],
  outcome: ['result', 'withheld', 'retake', 'fault', 'aborted'],
  /** `above`: every referral, those at the threshold included; `at`: only these. */
  statement: ['above', 'at', 'below'],
  disposition: ['unreviewed', 'accepted', 'discarded'],
  /** Whether there is a clinician's verdict or a histology; `no` only for sessions that could have one. */
  assessed: ['yes', 'no'],
  /** `none`: could have one but has not. */
  clinician: [...CLINICIAN_VERDICTS, 'none'],
  histology: [...HISTOLOGY_FINDINGS, 'none'],
  /** Whether there is a patient; `none`: unassigned, only a result, shown or withheld, that was not discarded. */
  patient: ['some', 'none'],
  /** What is left to do; docs/usage.md defines each. */
  worklist: ['histology-pending', 'due'],
} as const;

export type FilterName = keyof typeof FILTERS;

export const FILTER_NAMES = Object.keys(FILTERS) as readonly FilterName[];

/** Days in the board's time zone, YYYY-MM-DD: a single one, or from … to, inclusive, either of which may be omitted. */
export type LogQuery = {
  readonly [Name in FilterName]?: (typeof FILTERS)[Name][number];
} & {
  readonly day?: string;
  readonly from?: string;
  readonly to?: string;
  /** A complete patient reference; and the id of a lesion. */
  readonly reference?: string;
  readonly lesion?: string;
  /** A session's number, a part of a reference, or a date (`26.11.2026`, `2026-11-26`, `2026-11`, `2026`). */
  readonly search?: string;
};

/** Longest text to search for, characters. */
export const SEARCH_MAX = 40;
