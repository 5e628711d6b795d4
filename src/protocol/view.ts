import type { BoardWarning } from './board.ts';
import type { ClassId, ClassKind } from './classes.ts';
import type { ContextView } from './context.ts';
import type { Language } from './languages.ts';
import type { FaultCode, RetakeReason, WithheldReason } from './reasons.ts';

/**
 * All that a screen shows, as one value. A screen that connects late gets the whole current View first, then a
 * new whole View after every change; it never has to put pieces together. No picture is ever part of it.
 */
export interface View {
  /** Grows with every change since start; a screen ignores a View older than the one it has. */
  readonly revision: number;
  /** New at every start of the service: a screen that sees it change starts afresh. */
  readonly bootId: string;
  readonly camera: CameraView;
  readonly button: ButtonView;
  readonly model: ModelView;
  readonly storage: StorageView;
  readonly board: BoardView;
  readonly session: SessionView;
  /** Whom and what it is about; absent while that is nobody. */
  readonly context?: ContextView;
  /** Whether the screen may be heard. */
  readonly sound: boolean;
  /** Nobody has touched or pressed anything for a while: show nothing of a patient, nor the live picture. */
  readonly idle: boolean;
  /** What the screen speaks. */
  readonly language: Language;
  /** By how much the page dims itself, per cent; 100 for not at all, as where the display's own light is turned down. */
  readonly brightness: number;
}

export interface CameraView {
  /**
   * `stalled`: the program lives but sends no frames; `lost`: there is no program or no device; `stopped`: its stream was ended on purpose, for
   * a still or with the kiosk.
   */
  readonly state: 'starting' | 'live' | 'stalled' | 'lost' | 'stopped';
  readonly driver: string;
  /** True when what is seen is drawn or replayed, not skin under a lens: the screen says so. */
  readonly simulated: boolean;
  readonly reason?: string;
  /** While live: where the camera is and how it was chosen, and what of its settings does not hold. */
  readonly location?: string;
}

export interface ButtonView {
  readonly driver: string;
  /** `touch-only`: no hardware button works; `stuck`: it has been down for too long. The key on the screen works always. */
  readonly state: 'ready' | 'touch-only' | 'stuck';
  /** Where the button is and how it was chosen, or why it does not work: then the screen shows it. */
  readonly reason?: string;
  /** Down over something that can be left: letting go captures, holding on leaves it. */
  readonly held?: true;
}

export type ModelView =
  | { readonly state: 'loading' }
  | {
      readonly state: 'ready';
      readonly name: string;
      readonly version: string;
      /** Hex SHA-256 of the bundle's card, which itself carries the hash of every other file. */
      readonly sha256: string;
      readonly engine: string;
      readonly threshold: number;
    }
  | { readonly state: 'none'; readonly reason: string };

export type StorageView = { readonly state: 'ok' } | { readonly state: 'failed'; readonly code: FaultCode };

export interface BoardView {
  /** What the board warns of now, weightiest first; empty also where it tells nothing of itself. */
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
  | { readonly state: 'ready' }
  | ({ readonly state: 'capturing' | 'checking' | 'classifying' } & SessionHead)
  | ({ readonly state: 'retake'; readonly reason: RetakeReason } & SessionHead)
  | ({
      readonly state: 'showing';
      /** Where the frozen image can be fetched until the screen leaves the result. */
      readonly picture: string;
      readonly result: ResultView;
      readonly disposition: Disposition;
      /** Where the patient is to be asked whether the picture may be kept: the answer so far, and for how many days. */
      readonly keeping?: { readonly kept: boolean; readonly days: number };
    } & SessionHead)
  | ({ readonly state: 'fault'; readonly code: FaultCode } & Partial<SessionHead>);

/** A session whose answer is on the screen. */
export type Showing = Extract<SessionView, { state: 'showing' }>;

/** Between a press and what comes of it. */
export function isUnderWay({ state }: SessionView): boolean {
  return state === 'capturing' || state === 'checking' || state === 'classifying';
}

/** What the clinician did with a result; the first is what is recorded when it is shown. */
export type Disposition = 'unreviewed' | 'accepted' | 'discarded';

/** What became of the tested lesions with the nearest numbers. */
export interface Observed {
  readonly lesions: number;
  readonly malignant: number;
  /** 95 % interval of the share that is malignant, 0–1. */
  readonly low: number;
  readonly high: number;
}

export type ResultView =
  | {
      readonly outcome: 'result';
      /** Probability of malignancy, 0–1, calibrated as the model's card says. */
      readonly malignancy: number;
      /** The referral threshold on the same scale, from the model's card. */
      readonly threshold: number;
      readonly statement: 'above' | 'below';
      /** How uncertain the malignancy is; absent where the model's card does not tell. */
      readonly observed?: Observed;
      /** All seven classes, most probable first, the more severe first on a tie. */
      readonly classes: readonly ClassShare[];
      readonly explanation?: ExplanationView;
      readonly model: ModelIdentity;
    }
  | {
      readonly outcome: 'withheld';
      readonly reason: WithheldReason;
      /** No number, and nothing that is made of one. */
      readonly explanation?: Pick<ExplanationView, 'outline'>;
      readonly model: ModelIdentity;
    };

/** What is shown over and beside the picture; each part as far as the model can give it. */
export interface ExplanationView {
  /** Corners of the lesion's outline, a closed polygon in the picture's centre square: x right, y down, 0–1. */
  readonly outline?: readonly (readonly [x: number, y: number])[];
  readonly heat?: HeatView;
  readonly hints?: AbcdFeatures;
}

/** What influenced the number, over the picture's centre square. */
export interface HeatView {
  readonly side: number;
  /** side × side, row by row, 0–255, the largest being 255. */
  readonly values: readonly number[];
}

/** What a clinician looks for in a pigmented lesion, measured; a hint beside the number, never a part of it. */
export interface AbcdFeatures {
  /** 0 (each half folds onto the other) to 1. */
  readonly asymmetry: number;
  /** 1 for a circle, larger the more ragged or drawn out; 0 without a lesion. */
  readonly borderIrregularity: number;
  /** How many of the six dermoscopic colours, 0–6. */
  readonly colours: number;
  /** Area of the lesion as a share of the picture's centre square, 0–1. */
  readonly share: number;
  /** Largest diameter of what is in the picture, millimetres; absent where the optics are not calibrated. */
  readonly diameterMm?: number;
}

export interface ClassShare {
  readonly id: ClassId;
  readonly name: string;
  readonly kind: ClassKind;
  readonly mark: string;
  readonly probability: number;
}

export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly engine: string;
}
