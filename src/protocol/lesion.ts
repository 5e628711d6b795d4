import type { HistologyFinding } from './assessments.ts';
import type { BodySite } from './body-sites.ts';
import type { ClosingReason, LesionView } from './context.ts';
import type { WithheldReason } from './reasons.ts';
import type { Rescore } from './rescore.ts';
import type { Statement } from './view.ts';

/** One result in a lesion's history. */
export interface LesionCapture {
  readonly id: string;
  readonly number: number;
  /** ISO 8601 in UTC; only as accurate as the board's clock. */
  readonly openedAt: string;
  readonly outcome: 'result' | 'withheld';
  readonly reason?: WithheldReason;
  /** Present exactly when the outcome is `result`. */
  readonly malignancy?: number;
  readonly threshold?: number;
  readonly statement?: Statement;
  /** Name and version: the scores of two models are not comparable. */
  readonly model: string;
  /** Its stored image with a later model: that model's numbers in place of these. */
  readonly rescored?: {
    readonly outcome: Rescore['outcome'];
    readonly malignancy?: number;
    readonly threshold?: number;
    readonly statement?: Statement;
    readonly model: string;
  };
  /** The histology recorded for it. */
  readonly histology?: HistologyFinding;
  /** Largest diameter, millimetres; absent if the optics were not calibrated or the result was withheld. */
  readonly diameterMm?: number;
  /** Whether its image is available: stored, or still on the screen. */
  readonly pictured: boolean;
}

/**
 * `GET /api/lesions/:id/captures`: the results of one lesion that were not discarded, oldest first; at most the last
 * 200.
 */
export interface LesionHistory {
  /** The current model, as in the captures; absent while there is none. */
  readonly model?: string;
  readonly captures: readonly LesionCapture[];
}

/** `PATCH /api/lesions/:id`: at least one of these. A closed lesion must be reopened before anything else is changed. */
export interface LesionEdit {
  readonly label?: string;
  readonly site?: BodySite;
  /** `null` reopens it. */
  readonly closed?: ClosingReason | null;
}

export const LESION_EDIT_KINDS = ['renamed', 'moved', 'closed', 'reopened'] as const;

/** An edit, with what the lesion was before it: its label, unless it was erased, or its site; or why it was closed. */
export interface RecordedLesionEdit {
  readonly kind: (typeof LESION_EDIT_KINDS)[number];
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly label?: string;
  readonly site?: BodySite;
  readonly reason?: ClosingReason;
  /** Who did it: an operator's id or `technician`; absent if nobody had to unlock. */
  readonly operator?: string;
}

/** `GET /api/lesions/:id`. */
export interface LesionRecord {
  readonly lesion: LesionView;
  /** Newest first. */
  readonly history: readonly RecordedLesionEdit[];
  /** Names of the operators in the history, by id. */
  readonly operators?: Readonly<Record<string, string>>;
}

/** A change in per cent of the first capture, with its 95 % interval. */
export interface Change {
  readonly percent: number;
  readonly low: number;
  readonly high: number;
}

export interface LesionChange {
  /** Growth of the area and of the largest diameter, −100 and up; unchanged: 0. */
  readonly area: Change;
  readonly diameter: Change;
  /**
   * Fraction of the union of both outlines that only one covers, both scaled to the same size and centred, rotated as
   * registered: 0 (the same shape) to 100. Two masks are never identical, so that unchanged is a lower end of 0.
   */
  readonly shape: Change;
  /** Source of the relative scale of the two captures. */
  readonly scaleBy: 'calibration' | 'registration';
}

/**
 * Why a change cannot be measured: a capture shows no lesion; the lesion extends beyond the frame; the captures have
 * too few common landmarks; calibration and landmarks disagree about the scale; or the interval is too wide to be
 * useful.
 */
export type ChangeRefusal = 'no-lesion' | 'cut' | 'not-registered' | 'scales-disagree' | 'too-uncertain';

/** A closed polygon in an image's centre square: x right, y down, 0–1. */
export type Outline = readonly (readonly [x: number, y: number])[];

/** `GET /api/sessions/:id/comparison/:other`: one lesion in two captures. */
export interface ComparisonView {
  /**
   * Maps the second centre square onto the first: a point (x, y) − ½ is rotated and scaled by the matrix [a −b; b a],
   * then translated. Absent if they cannot be registered.
   */
  readonly registration?: {
    readonly a: number;
    readonly b: number;
    readonly tx: number;
    readonly ty: number;
  };
  readonly change?: LesionChange;
  /** Present where `change` is not. */
  readonly refused?: ChangeRefusal;
  /** The lesion's outline in the first and in the second capture, each in its own square; empty if there is none. */
  readonly outlines: readonly [first: Outline, second: Outline];
}
