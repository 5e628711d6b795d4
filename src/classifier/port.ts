import type { Service } from '../lib/lifecycle.ts';
import type { Colour } from '../protocol/diagnostics.ts';
import type { KeptMask, LesionValues, QualityValues, Timings, Vitals } from '../protocol/http.ts';
import type { GateReason } from '../protocol/reasons.ts';
import type { ExplanationView, ModelIdentity } from '../protocol/view.ts';
import type { GateSettings } from '../vision/gate.ts';
import type { Scores } from './model/calibration.ts';
import type { Card } from './model/card.ts';
import type { Verdict } from './decision/verdict.ts';

export type ClassifierStatus =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly model: LoadedModel }
  /** No probability can be had for now; the bundle is looked at again by itself. */
  | { readonly state: 'none'; readonly reason: string };

/** What a clinic may decide of how pictures are judged. */
export interface Rules {
  /** By its name on the card; empty, or not on the card: the card's default. */
  readonly operatingPoint: string;
  readonly gate: GateSettings;
}

export interface LoadedModel {
  readonly identity: ModelIdentity;
  /** Its default operating point is the one in use. */
  readonly card: Card;
  /** One sentence: why this engine runs and not the other. */
  readonly engineReason: string;
}

/** What the quality gate says of a burst. `best` is the index of the frame to classify: the sharpest of those that pass. */
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
  /** The bare numbers, present also when the verdict withholds them (not when they are not finite). */
  readonly scores?: Scores;
  readonly lesion: LesionValues;
  readonly explanation: ExplanationView;
  /** Where the model takes the lesion to be, where it gives a mask. */
  readonly mask?: KeptMask;
  /** Hex SHA-256 of the very bytes that were decoded. */
  readonly pictureSha256: string;
  readonly model: ModelIdentity;
  readonly timings: Timings;
}

/** One frame as it is, beside any session. */
export interface FrameInspection {
  readonly quality: QualityValues;
  /** What the gate would refuse it for. */
  readonly reason: GateReason | undefined;
  /** Mean of the centre square. */
  readonly colour: Colour;
}

/** Looks at a frame without judging a lesion in it: for whoever tests the camera. */
export interface FrameInspector {
  /** @throws KioskError as `Classifier.assess` */
  inspect(picture: Uint8Array, signal: AbortSignal): Promise<FrameInspection>;
}

/**
 * Pictures' bytes in, numbers out. Decoding and computing happen in a supervised child process; whatever a hostile picture or a
 * native crash does there costs the one request.
 */
export interface Classifier extends Service {
  status(): ClassifierStatus;
  onStatus(listener: (status: ClassifierStatus) => void): () => void;
  /**
   * @param burst encoded PNG or JPEG pictures, at least one
   * @throws KioskError `picture/…` for bytes that are no usable picture, `inference/…` when the process failed
   */
  assess(burst: readonly Uint8Array[], signal: AbortSignal): Promise<GateResult>;
  /**
   * @param mmPerPixel millimetres of skin per pixel of the picture; without it no size is told
   * @throws KioskError as `assess`, and `model/none` or `model/loading` while there is no verified model
   */
  classify(picture: Uint8Array, signal: AbortSignal, mmPerPixel?: number): Promise<Classification>;
  /**
   * How the process does. Asked over the same port, in turn: it answers once what it was asked before is done.
   *
   * @throws KioskError as `assess`
   */
  vitals(): Promise<Vitals>;
}
