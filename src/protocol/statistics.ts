import type { ClinicianVerdict, GroundTruth } from './assessments.ts';
import type { Figure, SessionOutcome } from './http.ts';

/**
 * A share of fewer than this many is told in counts, and no figure is made of it: of twenty even a half has a 95 % interval of 30 to 70 %,
 * and of fewer it is wider still.
 */
export const LEAST_FOR_FIGURE = 20;

export type OutcomeCounts = Readonly<Record<SessionOutcome, number>>;

/** What the kiosk said of a lesion. */
export type Call = 'above' | 'below' | 'withheld';

export interface Share {
  readonly count: number;
  readonly of: number;
  /** With its interval by Wilson; absent below `LEAST_FOR_FIGURE`. */
  readonly figure?: Figure;
}

/** `GET /api/statistics`: the closed sessions that a filter finds, counted. */
export interface Statistics {
  readonly sessions: number;
  readonly outcomes: OutcomeCounts;
  /** Oldest first; days of the board's time zone on which nothing happened are left out. */
  readonly days: readonly { readonly day: string; readonly outcomes: OutcomeCounts }[];
  /** The clinician's verdicts on results: on what was withheld there is no statement to agree with. */
  readonly verdicts: Readonly<Record<ClinicianVerdict, number>>;
  /** Of the clinicians who took a side, those who agreed. */
  readonly agreement: Share;
  /** Of the lesions whose histology tells malignant from benign: what the kiosk had said of them. */
  readonly histology: Readonly<Record<Call, Readonly<Record<GroundTruth, number>>>>;
  /** Of the malignant lesions with a result, those that were above the referral threshold. */
  readonly sensitivity: Share;
  /** Of the benign lesions with a result, those that were below it. */
  readonly specificity: Share;
}
