import type { Service } from '../lib/lifecycle.ts';
import type { Probabilities } from '../protocol/classes.ts';
import type { Colour } from '../protocol/diagnostics.ts';
import type { Framing } from '../protocol/framing.ts';
import type { KeptMask, Vitals } from '../protocol/http.ts';
import type { LesionValues, QualityValues, Timings } from '../protocol/outcome.ts';
import type { GateReason } from '../protocol/reasons.ts';
import type { ExplanationView, ModelIdentity } from '../protocol/view.ts';
import type { GateSettings } from '../vision/gate.ts';
import type { Scores } from './model/calibration.ts';
import type { Card } from './model/card.ts';
import type { Verdict } from './decision/verdict.ts';

export type ClassifierStatus =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly model: LoadedModel }
  /** No probability is available for now; the bundle is retried automatically. */
  | { readonly state: 'none'; readonly reason: string };

/** The part of the rules that a clinic can configure. */
export interface Rules {
  /** Name of an operating point on the card; the card's default if empty or not on the card. */
  readonly operatingPoint: string;
  /** The clinic's share of malignant lesions, as `prevalenceOf` takes it. */
  readonly prevalence: string;
  readonly gate: GateSettings;
}

export interface LoadedModel {
  readonly identity: ModelIdentity;
  /** Its default operating point is the one in use. */
  readonly card: Card;
  /** The share of malignant lesions for which results are stated, 0–1; absent if the card states none. */
  readonly prevalence?: number;
  /** One sentence: why this engine is used and not the other. */
  readonly engineReason: string;
}

/**
 * The quality gate's result for a burst. `best` is the index of the frame to classify: the sharpest of those that pass.
 */
export type GateResult =
  | { readonly fit: true; readonly best: number; readonly quality: QualityValues; readonly timings: Timings }
  | {
      readonly fit: false;
      readonly best: number;
      readonly reason: GateReason;
      readonly quality: QualityValues;
      readonly timings: Timings;
    };

export interface Classification {
  readonly verdict: Verdict;
  /** The scores as the verdict states them, present even if it withholds them (unless they are not finite). */
  readonly scores?: Scores;
  /** The probabilities if all seven classes were equally frequent; absent if the card states no frequencies. */
  readonly equalPrevalence?: Probabilities;
  readonly lesion: LesionValues;
  readonly explanation: ExplanationView;
  /** The model's lesion mask, if it has one. */
  readonly mask?: KeptMask;
  /** Hex SHA-256 of exactly the bytes that were decoded. */
  readonly pictureSha256: string;
  readonly model: ModelIdentity;
  readonly timings: Timings;
}

/** Inspection of one frame, outside of any session. */
export interface FrameInspection {
  readonly quality: QualityValues;
  /** The reason the gate would reject it. */
  readonly reason: GateReason | undefined;
  /** Mean of the centre square. */
  readonly colour: Colour;
}

/** What a press would find in one frame of the live image. */
export interface FramingLook {
  readonly framing: Framing;
  /** Processor time, all threads together. */
  readonly cpuMs: number;
  /** Whether the network has located the lesion in this frame. */
  readonly located: boolean;
}

/** Looks at the live image between sessions. */
export interface FramingInspector {
  /**
   * @param options `locate`: run the network as well, if there is a model
   * @throws KioskError as `Classifier.assess`
   */
  look(picture: Uint8Array, options: { readonly locate: boolean }, signal: AbortSignal): Promise<FramingLook>;
}

/** Inspects a frame without assessing a lesion in it: for testing the camera. */
export interface FrameInspector {
  /** @throws KioskError as `Classifier.assess` */
  inspect(picture: Uint8Array, signal: AbortSignal): Promise<FrameInspection>;
}

/** Thumbnails of image files. */
export interface Thumbnailer {
  /**
   * @param side longest side of the thumbnail, pixels
   * @returns a JPEG
   * @throws KioskError as `Classifier.assess`
   */
  thumbnail(picture: Uint8Array, side: number, signal: AbortSignal): Promise<Uint8Array>;
}

/**
 * Image bytes in, scores out. Decoding and inference run in a supervised child process; a malicious image or a native
 * crash costs only the one request.
 */
export interface Classifier extends Service {
  status(): ClassifierStatus;
  onStatus(listener: (status: ClassifierStatus) => void): () => void;
  /**
   * @param burst encoded PNG or JPEG images, at least one
   * @throws KioskError `picture/…` for bytes that are not a usable image, `inference/…` if the process failed
   */
  assess(burst: readonly Uint8Array[], signal: AbortSignal): Promise<GateResult>;
  /**
   * @param mmPerPixel millimetres of skin per pixel of the image; without it no size is reported
   * @throws KioskError as `assess`, and `model/none` or `model/loading` while there is no verified model
   */
  classify(picture: Uint8Array, signal: AbortSignal, mmPerPixel?: number): Promise<Classification>;
  /**
   * Vitals of the process. Requested over the same channel, in turn: it responds once earlier requests are done.
   *
   * @throws KioskError as `assess`
   */
  vitals(): Promise<Vitals>;
}
