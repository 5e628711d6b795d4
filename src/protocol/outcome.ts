import type { OpinionBefore } from './assessments.ts';
import type { ClassId, Probabilities } from './classes.ts';
import type { ContraAnswer } from './context.ts';
import type { FaultCode, RetakeReason, WithheldReason } from './reasons.ts';
import type { AbcdFeatures, ModelIdentity, Statement } from './view.ts';

/** Quality values of the image that was assessed; ranges and units are documented in `vision/`. */
export interface QualityValues {
  readonly width: number;
  readonly height: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly darkShare: number;
  readonly brightShare: number;
  readonly focus: number;
  /**
   * Focus at half the resolution, where noise no longer counts as detail; absent in sessions of a version that did not
   * measure it.
   */
  readonly detail?: number;
  /**
   * The strongest sign of damage, relative to its limit: above 1 the frame is not the image that the camera saw. Absent in sessions of a version that did
   * not measure it.
   */
  readonly damage?: number;
  /** How far differences between neighbours are noise, 0–1; absent as `damage`. */
  readonly grain?: number;
  /**
   * Largest shift between consecutive frames of the burst, as a fraction of the field's side; only if the focus failed
   * and there were frames to compare.
   */
  readonly motion?: number;
}

/** Values of the lesion that are independent of its class; each if the model provides it and it is finite. */
export interface LesionValues {
  /** The model's confidence in a lesion where it is highest, 0–1. */
  readonly evidence?: number;
  /** Fraction of the centre square that is lesion, 0–1. */
  readonly share?: number;
  /** Squared Mahalanobis distance from the training images. */
  readonly distance?: number;
  /** Fraction of the lesion's pixels covered by dark hair, 0–1. */
  readonly hair?: number;
  /** Fraction of the lesion's pixels that are reflections, 0–1. */
  readonly glare?: number;
  /** Fraction of the centre square's pixels in the colour of a pen, 0–1. */
  readonly ink?: number;
  /** Fraction of the lesion's border cut off by the edge of the image, 0–1. */
  readonly cut?: number;
  /** Focus of the lesion with its border alone, at the worse of two scales, 0–1. */
  readonly lesionFocus?: number;
}

/** Milliseconds by stage of the pipeline. */
export type Timings = Readonly<Record<string, number>>;

/** The outcome of a session as it is recorded: the body of the journal row of its closing. */
export type Outcome = { readonly timings: Timings } & (
  | {
      readonly outcome: 'result';
      readonly malignancy: number;
      readonly threshold: number;
      readonly statement: Statement;
      readonly probabilities: Probabilities;
      /**
       * The share of malignant lesions for which the numbers hold, 0–1; absent if the model card states none, and in
       * sessions of a version that did not record it.
       */
      readonly prevalence?: number;
      /** Classes much likelier than usual, though not the most probable; absent without any. */
      readonly marked?: readonly ClassId[];
      readonly model: ModelIdentity;
      readonly pictureSha256: string;
      readonly quality: QualityValues;
      readonly lesion?: LesionValues;
      readonly hints?: AbcdFeatures;
      /** Absent if the contraindications were not asked with the capture. */
      readonly contra?: ContraAnswer;
      /** Absent if no opinion was asked before the result. */
      readonly opinionBefore?: OpinionBefore;
    }
  | {
      readonly outcome: 'withheld';
      readonly reason: WithheldReason;
      readonly model: ModelIdentity;
      readonly pictureSha256: string;
      readonly quality: QualityValues;
      readonly lesion?: LesionValues;
      readonly contra?: ContraAnswer;
      readonly opinionBefore?: OpinionBefore;
    }
  | {
      readonly outcome: 'retake';
      readonly reason: RetakeReason;
      readonly quality: QualityValues;
      /** Present if the lesion, not the image alone, was the reason. */
      readonly lesion?: LesionValues;
    }
  | { readonly outcome: 'fault'; readonly reason: FaultCode }
  | { readonly outcome: 'aborted' }
);

export type SessionOutcome = Outcome['outcome'];

type KeyOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, Key> = T extends unknown ? (Key extends keyof T ? Exclude<T[Key], undefined> : never) : never;

/** The name of a field that at least one outcome has. */
export type OutcomeField = KeyOf<Outcome>;

/** The fields of all outcomes in one type: those that not every outcome has are optional. */
export type OutcomeFields = { readonly [F in keyof Outcome]: Outcome[F] } & {
  readonly [F in Exclude<OutcomeField, keyof Outcome>]?: ValueOf<Outcome, F>;
};

/** The fields of an outcome that a row of the log has. */
export const SUMMARY_FIELDS = [
  'outcome',
  'reason',
  'malignancy',
  'threshold',
  'statement',
  'probabilities',
  'prevalence',
] as const satisfies readonly OutcomeField[];

export type SummaryField = (typeof SUMMARY_FIELDS)[number];
