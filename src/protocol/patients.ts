import type { LesionView } from './context.ts';
import type { SessionOutcome } from './outcome.ts';
import type { PatientDetails } from './patient-details.ts';
import type { Statement } from './view.ts';

/** A patient in the list. */
export interface PatientSummary {
  readonly id: string;
  readonly reference: string;
  readonly lesions: number;
  readonly sessions: number;
  /** ISO 8601: when the last session was opened; absent without one. */
  readonly lastAt?: string;
  /** The earlier reference that was found; absent if the reference itself was. */
  readonly formerly?: string;
}

/** `GET /api/patients`: those with the latest sessions first. */
export interface PatientPage {
  readonly patients: readonly PatientSummary[];
  /** Pass as `from` to get the next page; absent on the last. */
  readonly next?: number;
}

/** How a lesion's last result is marked on the body map. */
export const LESION_MARKS = ['above', 'at', 'below', 'no-answer'] as const satisfies readonly (
  Statement | 'no-answer'
)[];

export type LesionMark = (typeof LESION_MARKS)[number];

export interface PatientLesion {
  readonly lesion: LesionView;
  /** Results, shown or withheld, that were not discarded. */
  readonly captures: number;
  /** The last of these. */
  readonly last?: { readonly openedAt: string; readonly mark: LesionMark };
}

export interface PatientSession {
  readonly id: string;
  readonly number: number;
  readonly openedAt: string;
  readonly outcome: SessionOutcome;
  readonly statement?: Statement;
  /** Id of the lesion. */
  readonly lesion?: string;
}

/** `GET /api/patients/:id`. */
export interface PatientView extends PatientDetails {
  readonly id: string;
  readonly reference: string;
  /** Newest first. */
  readonly lesions: readonly PatientLesion[];
  /** Days in the board's time zone, YYYY-MM-DD, and their sessions; newest first. */
  readonly visits: readonly { readonly day: string; readonly sessions: readonly PatientSession[] }[];
}
