import type { RecordedReview, LatestReview } from './assessments.ts';
import type { LesionView, SessionContext } from './context.ts';
import type { OutcomeFields, SummaryField } from './outcome.ts';
import type { FaultCode, RetakeReason } from './reasons.ts';
import type { Rescored } from './rescore.ts';
import type { CaptureSource, Disposition, ModelIdentity, ResultView, View } from './view.ts';

/** Response to an assignment. */
export interface AssignmentAnswer {
  readonly session: SessionDetail;
  /** All lesions of the patient it is given to now, newest first; empty for nobody. */
  readonly lesions: readonly LesionView[];
}

/** The response to every rejected request, with a matching status. */
export interface ErrorBody {
  readonly error: { readonly code: FaultCode; readonly message: string; readonly cure: string };
}

/** One row of the log; `GET /api/sessions`. */
export interface SessionSummary extends LatestReview, Pick<OutcomeFields, SummaryField> {
  readonly id: string;
  readonly number: number;
  readonly source: CaptureSource;
  /** ISO 8601 in UTC; only as accurate as the board's clock. */
  readonly openedAt: string;
  readonly disposition: Disposition;
  /** Absent in an anonymous session. */
  readonly context?: SessionContext;
  /** Whether its image is stored; in the log only. */
  readonly pictured?: boolean;
}

/** An image stored beyond its result; available from `GET /api/sessions/:id/picture` and `…/mask`. */
export interface StoredImage {
  /** ISO 8601 in UTC, only as accurate as the board's clock. */
  readonly keptAt: string;
  /** When it is deleted automatically. */
  readonly due: string;
  /** Whether the lesion's mask is stored with it. */
  readonly mask: boolean;
}

/** The lesion mask on the centre square of an image. */
export interface KeptMask {
  readonly side: number;
  /** side × side, row by row: probability of lesion, 0–255 for 0–1. */
  readonly values: readonly number[];
  /** Millimetres of skin per pixel of the image, if the optics were calibrated. */
  readonly mmPerPixel?: number;
}

export interface SessionDetail extends SessionSummary, Partial<Omit<OutcomeFields, SummaryField>> {
  /** Present while the image is stored. */
  readonly kept?: StoredImage;
  /** Who recorded the verdict and the histology that apply: an operator's id or `technician`. */
  readonly clinicianBy?: string;
  readonly histologyBy?: string;
  /** The latest result of a later model for the stored image. */
  readonly rescored?: Rescored;
  /** Names of the operators in the journal, by id. */
  readonly operators?: Readonly<Record<string, string>>;
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

/** `POST /api/captures`: the outcome of an uploaded image, which takes the same path as a capture. */
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

/** `GET /api/exports`: the export folder. */
export type ExportPlace =
  | { readonly folder: null }
  | {
      readonly folder: string;
      /** Whether exports contain the patient references. */
      readonly references: boolean;
    };

/** `POST /api/exports`: the file in that folder. */
export interface ExportWritten {
  readonly file: string;
}

/** An image file on the USB drive. */
export interface DriveFile {
  /** Its number in the listing. */
  readonly file: number;
  /** Unprintable characters are replaced. */
  readonly name: string;
  /** The folder that contains it; empty for the top one. */
  readonly folder: string;
  readonly bytes: number;
  /** ISO 8601; as accurate as the clock of the device that wrote it. */
  readonly modifiedAt: string;
}

/** A page of a listing of the USB drive, newest first. */
export interface DrivePage {
  /** Id of the listing, valid until the next one. */
  readonly listing: string;
  readonly files: readonly DriveFile[];
  /** Pass as `from` to get the next page; absent on the last. */
  readonly next?: number;
}

/** `POST /api/drive`: the first page, or that the drive cannot be listed for this screen. */
export type DriveListing =
  | DrivePage
  | {
      readonly listing: null;
      /** Whether the request came from the kiosk's own screen. */
      readonly localScreen: boolean;
    };

/** Memory usage of one process, bytes. */
export interface ProcessMemory {
  /** Resident memory, including native libraries and their buffers. */
  readonly residentBytes: number;
  /** JavaScript heap. */
  readonly heapBytes: number;
}

/** Vitals of the inference process. */
export interface Vitals extends ProcessMemory {
  /** Live tensors in the whole backend; absent on an engine that keeps none between calls. */
  readonly tensors?: number;
}

/** Memory of both processes of the kiosk; without camera programs. */
export interface MemoryReport {
  readonly kiosk: ProcessMemory;
  /** Instead of its vitals, why there are none now. */
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

/** Predictive values at another prevalence than that of the test set. */
export interface PredictiveValues {
  /** Prevalence of malignancy, 0–1. */
  readonly prevalence: number;
  /** Fraction of the lesions above the referral threshold that are malignant (PPV); absent if none is above it. */
  readonly positive?: Figure | undefined;
  /** Fraction of the lesions below it that are benign (NPV); absent if none is below it. */
  readonly negative?: Figure | undefined;
}

/** One of the parameters of the decision, with its name. */
export interface CardRule {
  readonly name: string;
  readonly value: string;
}

/** The complete model card, and the engine that runs the model. */
export interface AboutModel extends ModelIdentity {
  readonly engineReason: string;
  /** ISO 8601. */
  readonly created: string;
  readonly licence: string;
  readonly trainedOn: string;
  readonly intendedUse: string;
  readonly limits: readonly string[];
  /** Known confounders besides the lesion; a sentence each. */
  readonly confounders: readonly string[];
  /** ISO 8601; absent if not on the card. */
  readonly thresholdsSet?: string;
  /** Shares of malignant lesions, 0–1; absent if the card states none. */
  readonly prevalence?: {
    /** For which results are stated at this clinic. */
    readonly stated: number;
    /** In the images `on` which the probabilities were calibrated. */
    readonly reference: number;
    readonly on: string;
  };
  readonly operatingPoints: readonly {
    readonly name: string;
    readonly threshold: number;
    readonly sensitivity: Figure;
    readonly specificity: Figure;
    /** The one that results are compared with. */
    readonly default: boolean;
  }[];
  /** For the default operating point, by increasing prevalence. */
  readonly predictive: readonly PredictiveValues[];
  readonly measured: readonly ({ readonly name: string; readonly on: string } & Figure)[];
  /** How a result is computed and when it is withheld, in order of execution. */
  readonly rules: readonly CardRule[];
  /** Hex SHA-256 of every file of the bundle except the card. */
  readonly files: Readonly<Record<string, string>>;
}
