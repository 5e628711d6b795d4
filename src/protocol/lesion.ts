import type { WithheldReason } from './reasons.ts';

/** One answer of a lesion's history. */
export interface LesionCapture {
  readonly id: string;
  readonly number: number;
  /** ISO 8601 in UTC; only as true as the board's clock. */
  readonly openedAt: string;
  readonly outcome: 'result' | 'withheld';
  readonly reason?: WithheldReason;
  /** Present exactly when the outcome is `result`. */
  readonly malignancy?: number;
  readonly threshold?: number;
  readonly statement?: 'above' | 'below';
  /** Name and version: the numbers of two models are not of one scale. */
  readonly model: string;
  /** Largest diameter, millimetres; absent where the optics were not calibrated or the answer was withheld. */
  readonly diameterMm?: number;
  /** Whether its picture can be had: it is kept, or still on the screen. */
  readonly pictured: boolean;
}

/** `GET /api/lesions/:id/captures`: what was answered of one lesion and not discarded, oldest first; at most the last 200. */
export interface LesionHistory {
  readonly captures: readonly LesionCapture[];
}

/** A change in per cent of the first capture, and its 95 % interval. */
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
   * Share of what either outline covers that only one covers, both drawn at the same size on the same centre, turned as registered: 0 (the same shape) to
   * 100. Two masks are never quite alike, so that unchanged is a low end of 0.
   */
  readonly shape: Change;
  /** What tells how much larger one capture shows things than the other. */
  readonly scaleBy: 'calibration' | 'registration';
}

/**
 * Why nothing is told of a change: a capture shows no lesion; it shows one that reaches out of the frame; the captures have too few marks in common to be of one
 * lesion; the optics and the marks say different things about the scale; or the interval is too wide to say anything.
 */
export type ChangeRefusal = 'no-lesion' | 'cut' | 'not-registered' | 'scales-disagree' | 'too-uncertain';

/** A closed polygon in a picture's centre square: x right, y down, 0–1. */
export type Outline = readonly (readonly [x: number, y: number])[];

/** `GET /api/sessions/:id/comparison/:other`: one lesion in two captures. */
export interface ComparisonView {
  /**
   * Lays the second centre square on the first: a place of it, (x, y) − ½, is turned and scaled by the matrix [a −b; b a], then moved. Absent where they
   * cannot be laid on each other.
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
  /** The lesion's outline in the first and in the second, each in its own square; empty where there is none. */
  readonly outlines: readonly [first: Outline, second: Outline];
}
