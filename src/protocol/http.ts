import type { RecordedReview, LatestReview } from './assessments.ts';
import type { Probabilities } from './classes.ts';
import type { SessionContext } from './context.ts';
import type { FaultCode, RetakeReason, WithheldReason } from './reasons.ts';
import type { CaptureSource, Disposition, AbcdFeatures, ModelIdentity, ResultView, View } from './view.ts';

/** Every refused request is answered with this and a matching status. */
export interface ErrorBody {
  readonly error: { readonly code: FaultCode; readonly message: string; readonly cure: string };
}

/** Numbers about the picture that was judged; ranges and units are documented in `vision/`. */
export interface QualityValues {
  readonly width: number;
  readonly height: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly darkShare: number;
  readonly brightShare: number;
  readonly focus: number;
  /** Focus at twice the coarseness, where noise no longer reads as detail; absent in sessions of a program that did not measure it. */
  readonly detail?: number;
  /** Longest shift from one frame of the burst to the next, a share of the field's side; only where the focus failed and there were frames to compare. */
  readonly motion?: number;
}

/** Numbers about the lesion in it that need no class; each where the model gives it and where it is finite. */
export interface LesionValues {
  /** How sure the model is of a lesion where it is surest, 0–1. */
  readonly evidence?: number;
  /** How much of the centre square it takes for lesion, 0–1. */
  readonly share?: number;
  /** Squared Mahalanobis distance from the pictures it was trained on. */
  readonly distance?: number;
  /** Of the lesion's pixels, those that dark hair covers, 0–1. */
  readonly hair?: number;
  /** Of the lesion's pixels, those that are a reflection of the light, 0–1. */
  readonly glare?: number;
  /** Of the centre square's pixels, those in the colour of a pen, 0–1. */
  readonly ink?: number;
  /** Of the lesion's border, what the picture's edge cuts off, 0–1. */
  readonly cut?: number;
  /** Focus of the lesion with its border alone, in the worse of two scales, 0–1. */
  readonly lesionFocus?: number;
}

/** Milliseconds, by stage of the path of a frame. */
export type Timings = Readonly<Record<string, number>>;

export type SessionOutcome = 'result' | 'withheld' | 'retake' | 'fault' | 'aborted';

/** One row of the log; `GET /api/sessions`. */
export interface SessionSummary extends LatestReview {
  readonly id: string;
  readonly number: number;
  readonly source: CaptureSource;
  /** ISO 8601 in UTC; only as true as the board's clock. */
  readonly openedAt: string;
  readonly outcome: SessionOutcome;
  readonly reason?: RetakeReason | WithheldReason | FaultCode;
  /** Present exactly when the outcome is `result`. */
  readonly malignancy?: number;
  readonly threshold?: number;
  readonly statement?: 'above' | 'below';
  readonly probabilities?: Probabilities;
  readonly disposition: Disposition;
}

/** A picture that outlives its result; `GET /api/sessions/:id/picture` and `…/mask` give it. */
export interface StoredImage {
  /** ISO 8601 in UTC, as true as the board's clock. */
  readonly keptAt: string;
  /** When it goes by itself. */
  readonly due: string;
  /** Whether the lesion's mask is kept with it. */
  readonly mask: boolean;
}

/** Where the lesion lies in the centre square of a picture. */
export interface KeptMask {
  readonly side: number;
  /** side × side, row by row: probability of lesion, 0–255 for 0–1. */
  readonly values: readonly number[];
  /** Millimetres of skin per pixel of the picture, where the optics were calibrated. */
  readonly mmPerPixel?: number;
}

export interface SessionDetail extends SessionSummary {
  /** Absent of an anonymous session. */
  readonly context?: SessionContext;
  /** Present while the picture is kept. */
  readonly kept?: StoredImage;
  readonly model?: ModelIdentity;
  readonly pictureSha256?: string;
  readonly quality?: QualityValues;
  readonly lesion?: LesionValues;
  readonly hints?: AbcdFeatures;
  readonly timings?: Timings;
  /** Every edit of the clinician's verdict and of the histology, oldest first. */
  readonly assessments: readonly RecordedReview[];
  readonly journal: readonly JournalRow[];
}

export interface JournalRow {
  readonly sequence: number;
  readonly at: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

export interface SessionPage {
  /** Newest first. */
  readonly sessions: readonly SessionSummary[];
  /** Pass as `before` to get the next, older page; absent on the last. */
  readonly next?: number;
}

/** `POST /api/captures`: what the same path gave for an uploaded picture. */
export type CaptureAnswer =
  | {
      readonly id: string;
      readonly number: number;
      readonly outcome: 'result' | 'withheld';
      readonly result: ResultView;
    }
  | {
      readonly id: string;
      readonly number: number;
      readonly outcome: 'retake';
      readonly reason: RetakeReason;
      readonly message: string;
      readonly cure: string;
    };

/** `GET /api/exports`: where the screen’s exports go. */
export type ExportPlace =
  | { readonly folder: null }
  | {
      readonly folder: string;
      /** Whether the patients’ references are in them. */
      readonly references: boolean;
    };

/** `POST /api/exports`: the file in that folder. */
export interface ExportWritten {
  readonly file: string;
}

/** What one process takes of the memory now, bytes. */
export interface ProcessMemory {
  /** All of it that is in RAM, native libraries and their buffers included. */
  readonly residentBytes: number;
  /** Objects of JavaScript. */
  readonly heapBytes: number;
}

/** What the inference process says of itself. */
export interface Vitals extends ProcessMemory {
  /** Alive in the whole backend; absent on an engine that keeps none from call to call. */
  readonly tensors?: number;
}

/** Memory of both processes of the kiosk; a camera's program is another's. */
export interface MemoryReport {
  readonly kiosk: ProcessMemory;
  /** In place of its vitals, why it gives none now. */
  readonly inference: Vitals | { readonly reason: string };
}

/** `GET /api/about`. */
export interface About {
  readonly program: { readonly version: string; readonly licence: string; readonly node: string };
  readonly model: AboutModel | null;
  readonly view: Pick<View, 'camera' | 'button' | 'model'>;
}

/** A measured figure, with its 95 % interval. */
export interface Figure {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** What a result is worth where another share of the lesions is malignant than where the model was measured. */
export interface PredictiveValues {
  /** Share of the lesions that are malignant, 0–1. */
  readonly prevalence: number;
  /** Share of the lesions above the referral threshold that are malignant (PPV); absent where none is above it. */
  readonly positive?: Figure | undefined;
  /** Share of the lesions below it that are benign (NPV); absent where none is below it. */
  readonly negative?: Figure | undefined;
}

/** One of the numbers that an answer is made by, with its name. */
export interface CardRule {
  readonly name: string;
  readonly value: string;
}

/** All that the card of the model says, and what runs it. */
export interface AboutModel extends ModelIdentity {
  readonly engineReason: string;
  /** ISO 8601. */
  readonly created: string;
  readonly licence: string;
  readonly trainedOn: string;
  readonly intendedUse: string;
  readonly limits: readonly string[];
  /** What beside the lesion is known to mislead; a sentence each. */
  readonly confounders: readonly string[];
  /** ISO 8601; absent where the card does not say. */
  readonly thresholdsSet?: string;
  readonly operatingPoints: readonly {
    readonly name: string;
    readonly threshold: number;
    readonly sensitivity: Figure;
    readonly specificity: Figure;
    /** The one that results are held against. */
    readonly default: boolean;
  }[];
  /** Of the default operating point, by rising prevalence. */
  readonly predictive: readonly PredictiveValues[];
  readonly measured: readonly ({ readonly name: string; readonly on: string } & Figure)[];
  /** How an answer is made and when it is withheld, in the order in which it happens. */
  readonly rules: readonly CardRule[];
  /** Hex SHA-256 of every file of the bundle beside the card. */
  readonly files: Readonly<Record<string, string>>;
}
