import type { OpinionBefore } from './assessments.ts';
import type { BoardWarning } from './board.ts';
import type { ClassId, ClassKind } from './classes.ts';
import type { ContextView, ContraAnswer, Contraindication } from './context.ts';
import type { Language } from './languages.ts';
import type { TextSize, Theme } from './theme.ts';
import type { OverviewView } from './overview.ts';
import type { PracticeView } from './practice.ts';
import type { FaultCode, RetakeReason, WithheldReason } from './reasons.ts';

/**
 * The complete state shown by a screen, as one value. A screen that connects late gets the whole current View first,
 * then a new whole View after every change; it never merges updates. It never contains an image.
 */
export interface View {
  /** Increases with every change since start; a screen ignores a View older than the one it has. */
  readonly revision: number;
  /** New at every start of the service: a screen that sees it change reloads. */
  readonly bootId: string;
  readonly camera: CameraView;
  readonly button: ButtonView;
  readonly model: ModelView;
  readonly storage: StorageView;
  readonly board: BoardView;
  readonly session: SessionView;
  /** The overview image that is being taken; meanwhile a press is of it, and the session stays as it is. */
  readonly overview?: OverviewView;
  /** The selected patient and lesion; absent if there are none. */
  readonly context?: ContextView;
  /** The patient of the last result, until somebody says whose the next capture is; until then it is nobody's. */
  readonly lastPatient?: ContextView;
  /** Today's results without a patient; absent if this kiosk has no patients. */
  readonly unassigned?: number;
  /** Present while somebody practises on simulated images; then there is no session and no patient. */
  readonly practice?: PracticeView;
  /** Whether sounds are enabled. */
  readonly sound: boolean;
  /** No touch or press for a while: hide all patient data and the live preview. */
  readonly idle: boolean;
  /** Language of the screen. */
  readonly language: Language;
  /** Brightness of the page itself, per cent; 100 if it is not dimmed, as when the backlight is dimmed instead. */
  readonly brightness: number;
  readonly theme: ThemeView;
  readonly textSize: TextSize;
}

/** Colours of the screen: the light ones are for bright rooms. */
export interface ThemeView {
  readonly mode: Theme;
  /** Hours of the day, 0–24, from and until which `by-time` is light. */
  readonly lightFrom: number;
  readonly lightUntil: number;
}

export interface CameraView {
  /**
   * `stalled`: the program runs but sends no frames; `lost`: no program or no device; `stopped`: the stream was ended
   * on purpose, for a still or with the kiosk.
   */
  readonly state: 'starting' | 'live' | 'stalled' | 'lost' | 'stopped';
  readonly driver: string;
  /** True if the images are drawn or replayed, not skin under a lens: the screen says so. */
  readonly simulated: boolean;
  readonly reason?: string;
  /** While live: where the camera is, how it was chosen, and which settings were not applied. */
  readonly location?: string;
}

export interface ButtonView {
  readonly driver: string;
  /**
   * `touch-only`: no hardware button works; `stuck`: it has been held down for too long. The on-screen button always
   * works.
   */
  readonly state: 'ready' | 'touch-only' | 'stuck';
  /** Where the button is and how it was chosen, or, shown on the screen, why it does not work. */
  readonly reason?: string;
  /** Held over something that can be left: releasing captures, holding leaves it. */
  readonly held?: true;
}

export type ModelView =
  | { readonly state: 'loading' }
  | {
      readonly state: 'ready';
      readonly name: string;
      readonly version: string;
      /** Hex SHA-256 of the bundle's card, which itself contains the hash of every other file. */
      readonly sha256: string;
      readonly engine: string;
      readonly threshold: number;
    }
  | { readonly state: 'none'; readonly reason: string };

export type StorageView = { readonly state: 'ok' } | { readonly state: 'failed'; readonly code: FaultCode };

export interface BoardView {
  /** Current warnings of the board, most severe first; also empty if it reports nothing. */
  readonly warnings: readonly BoardWarning[];
}

export type CaptureSource = 'camera' | 'upload';

export interface SessionHead {
  readonly id: string;
  /** Counts up from 1 in this kiosk's database; absent until the session is durably opened. */
  readonly number?: number;
  readonly source: CaptureSource;
}

export type SessionView =
  | {
      readonly state: 'ready';
      /** What was done last with a result, on whichever screen. */
      readonly disposed?: Disposed;
    }
  | ({ readonly state: 'capturing' | 'checking' | 'classifying' } & SessionHead)
  | ({
      readonly state: 'retake';
      readonly reason: RetakeReason;
      /** URL of the rejected image, until the screen leaves it. */
      readonly picture: string;
      readonly marks?: FaultMarks;
    } & SessionHead)
  /** There is a result, but nothing of it is recorded or shown before these questions are answered or left. */
  | ({ readonly state: 'asking'; readonly asked: readonly Contraindication[] } & SessionHead)
  /** There is a result, but nothing of it is recorded or shown before the clinician has given or left an opinion. */
  | ({
      readonly state: 'opinion';
      /** URL of the image that was assessed. */
      readonly picture: string;
    } & SessionHead)
  | ({
      readonly state: 'showing';
      /** URL of the frozen image until the screen leaves the result. */
      readonly picture: string;
      readonly result: ResultView;
      readonly disposition: Disposition;
      /** Absent if the contraindications were not asked with this capture. */
      readonly contra?: ContraAnswer;
      /** What the clinician said before the result was shown; absent if they were not asked, `null` if they left it. */
      readonly opinionBefore?: OpinionBefore['opinion'];
      /**
       * Present if the patient is to be asked for consent to store the image: the answer so far, and for how many days.
       */
      readonly keeping?: { readonly kept: boolean; readonly days: number };
    } & SessionHead)
  | ({ readonly state: 'fault'; readonly code: FaultCode } & Partial<SessionHead>);

export interface Disposed {
  readonly id: string;
  readonly number?: number;
  readonly disposition: Exclude<Disposition, 'unreviewed'>;
}

/** A session whose result is on the screen. */
export type Showing = Extract<SessionView, { state: 'showing' }>;

/** Between a press and its outcome. */
export function isUnderWay({ state }: SessionView): boolean {
  return state === 'capturing' || state === 'checking' || state === 'classifying';
}

/** What the clinician did with a result; the first value is recorded when it is shown. */
export type Disposition = 'unreviewed' | 'accepted' | 'discarded';

/** Outcomes of the test lesions with the nearest scores. */
export interface Observed {
  readonly lesions: number;
  readonly malignant: number;
  /** 95 % interval of the malignant fraction, 0–1. */
  readonly low: number;
  readonly high: number;
  /** The malignant fraction and its interval at the prevalence of the result, if that is not the test lesions' own. */
  readonly stated?: { readonly value: number; readonly low: number; readonly high: number };
}

/**
 * Which side of the referral threshold a malignancy is on; `at` where the model's own uncertainty spans the threshold, by
 * the rule of the model card. `at` counts as a referral.
 */
export const STATEMENTS = ['above', 'at', 'below'] as const;

export type Statement = (typeof STATEMENTS)[number];

/** Whether the statement is to refer the lesion. */
export function isReferral(statement: Statement): boolean {
  return statement !== 'below';
}

export type ResultView =
  | {
      readonly outcome: 'result';
      /** Probability of malignancy, 0–1, calibrated as described in the model card. */
      readonly malignancy: number;
      /** The referral threshold on the same scale, from the model card. */
      readonly threshold: number;
      readonly statement: Statement;
      /** The uncertainty of the malignancy; absent if the model card has none. */
      readonly observed?: Observed;
      /**
       * The share of malignant and pre-malignant lesions for which the probabilities and the threshold hold, 0–1; absent
       * if the model card states none.
       */
      readonly prevalence?: number;
      /** All seven classes, most probable first, the more severe first on a tie. */
      readonly classes: readonly ClassShare[];
      readonly explanation?: ExplanationView;
      readonly model: ModelIdentity;
    }
  | {
      readonly outcome: 'withheld';
      readonly reason: WithheldReason;
      /** No score, and nothing derived from one. */
      readonly explanation?: Pick<ExplanationView, 'outline'>;
      readonly model: ModelIdentity;
    };

/** Overlays and features shown with the image; each if the model provides it. */
export interface ExplanationView {
  /** Corners of the lesion's outline, a closed polygon in the image's centre square: x right, y down, 0–1. */
  readonly outline?: readonly (readonly [x: number, y: number])[];
  readonly heat?: HeatView;
  readonly hints?: AbcdFeatures;
}

/**
 * Where the fault of a rejected image lies, on a grid over its centre square; only what was measured there. A fault of
 * the whole image has no marks.
 */
export interface FaultMarks {
  /** Cells along each side of the grid. */
  readonly side: number;
  /** The marked cells, counted row by row from 0. */
  readonly cells: readonly number[];
}

/** What influenced the score, over the image's centre square. */
export interface HeatView {
  readonly side: number;
  /** side × side, row by row, 0–255, the largest being 255. */
  readonly values: readonly number[];
}

/** The ABCD features of a pigmented lesion; shown beside the score, never used for it. */
export interface AbcdFeatures {
  /** 0 (each half folds onto the other) to 1. */
  readonly asymmetry: number;
  /** 1 for a circle, larger for more ragged or elongated shapes; 0 without a lesion. */
  readonly borderIrregularity: number;
  /** Number of the six dermoscopic colours, 0–6. */
  readonly colours: number;
  /** Area of the lesion as a fraction of the image's centre square, 0–1. */
  readonly share: number;
  /** Largest diameter visible in the image, millimetres; absent if the optics are not calibrated. */
  readonly diameterMm?: number;
}

export interface ClassShare {
  readonly id: ClassId;
  readonly name: string;
  readonly kind: ClassKind;
  readonly mark: string;
  readonly probability: number;
  /** Much likelier than usual, by the image, though another class is the most probable. */
  readonly marked?: true;
}

export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly engine: string;
}
