import type { ClinicianVerdict, GroundTruth } from './assessments.ts';
import type { Figure } from './http.ts';
import type { SessionOutcome } from './outcome.ts';

/**
 * With fewer cases than this only counts are shown, not a figure: with twenty, a proportion of one half has a 95 %
 * interval of 30 to 70 %, and with fewer it is wider still.
 */
export const LEAST_FOR_FIGURE = 20;

export type OutcomeCounts = Readonly<Record<SessionOutcome, number>>;

/** The kiosk's call for a lesion; `above` includes `at`: both are referrals. */
export type Call = 'above' | 'below' | 'withheld';

export interface Share {
  readonly count: number;
  readonly of: number;
  /** With its Wilson interval; absent below `LEAST_FOR_FIGURE`. */
  readonly figure?: Figure;
}

/** The clinician's opinions from before the number; only of sessions that asked for one and have a result. */
export interface BlindStatistics {
  readonly asked: number;
  readonly opinions: Readonly<Record<'benign' | 'malignant' | 'unsure' | 'none', number>>;
  /** Of those who said benign or malignant, those whose opinion was the kiosk's call. */
  readonly agreement: Share;
  /**
   * Of those who said benign or malignant and gave a verdict or an opinion afterwards that says so too, those who said
   * the opposite then.
   */
  readonly changed: Share;
  /** Of the changed, those who changed to the kiosk's call. */
  readonly followed: number;
}

/** `GET /api/statistics`: counts of the closed sessions that match a filter. */
export interface Statistics {
  readonly sessions: number;
  readonly outcomes: OutcomeCounts;
  /** Oldest first; days in the board's time zone without sessions are omitted. */
  readonly days: readonly { readonly day: string; readonly outcomes: OutcomeCounts }[];
  /** The clinician's verdicts on results: a withheld result has no statement to agree with. */
  readonly verdicts: Readonly<Record<ClinicianVerdict, number>>;
  /** Of the clinicians who agreed or disagreed, those who agreed. */
  readonly agreement: Share;
  /** Opinions asked for before the result was shown. */
  readonly blind: BlindStatistics;
  /** Lesions whose histology is malignant or benign, by the kiosk's call. */
  readonly histology: Readonly<Record<Call, Readonly<Record<GroundTruth, number>>>>;
  /** Of the malignant lesions with a result, those above the referral threshold. */
  readonly sensitivity: Share;
  /** Of the benign lesions with a result, those below it. */
  readonly specificity: Share;
}
