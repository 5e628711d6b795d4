import { CLINICIAN_VERDICTS, HISTOLOGY_FINDINGS } from './assessments.ts';

/**
 * What the log can be asked for, by the names of the query's fields (`GET /api/sessions?outcome=result&clinician=none`, `kiosk export --outcome
 * result`), beside days. All that is given must hold.
 */
export const FILTERS = {
  source: ['camera', 'upload'],
  outcome: ['result', 'withheld', 'retake', 'fault', 'aborted'],
  statement: ['above', 'below'],
  disposition: ['unreviewed', 'accepted', 'discarded'],
  /** Whether a clinician's verdict or a histology stands; `no` only of sessions that could have one. */
  assessed: ['yes', 'no'],
  /** `none`: could have one and has not. */
  clinician: [...CLINICIAN_VERDICTS, 'none'],
  histology: [...HISTOLOGY_FINDINGS, 'none'],
} as const;

export type FilterName = keyof typeof FILTERS;

export const FILTER_NAMES = Object.keys(FILTERS) as readonly FilterName[];

/** Days are those of the board's time zone, YYYY-MM-DD: one, or from … to with both included, either of them alone too. */
export type LogQuery = {
  readonly [Name in FilterName]?: (typeof FILTERS)[Name][number];
} & {
  readonly day?: string;
  readonly from?: string;
  readonly to?: string;
  /** A patient's reference, whole; and the id of a lesion. */
  readonly reference?: string;
  readonly lesion?: string;
};
