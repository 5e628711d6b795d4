import type { Outcome } from './outcome.ts';
import type { LesionReason, WithheldReason } from './reasons.ts';
import type { ModelIdentity } from './view.ts';

/** What a later model says about the stored image of a session; the session's own outcome stays as it is. */
export type Rescore = { readonly model: ModelIdentity } & (
  | Pick<
      Extract<Outcome, { outcome: 'result' }>,
      'outcome' | 'malignancy' | 'threshold' | 'statement' | 'probabilities' | 'prevalence'
    >
  | { readonly outcome: 'withheld'; readonly reason: WithheldReason }
  /** The later model would ask for another image. */
  | { readonly outcome: 'retake'; readonly reason: LesionReason }
);

/** As recorded. */
export type Rescored = Rescore & {
  /** ISO 8601 in UTC; only as accurate as the board's clock. */
  readonly at: string;
  /** Who asked for it: an operator's id or `technician`; absent if nobody had to unlock. */
  readonly operator?: string;
};
