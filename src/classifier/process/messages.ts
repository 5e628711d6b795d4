import type { Vitals } from '../../protocol/http.ts';
import type { GateSettings } from '../../vision/gate.ts';
import type { EngineChoice, EngineName } from '../engines/port.ts';
import type {
  GateResult,
  Classification,
  LoadedModel,
  FrameInspection,
  FramingLook,
  Rules,
} from '../port.ts';
import type { ModelSelfTestReport } from '../model/self-test.ts';

/** Messages between the kiosk and its inference process; plain data that survives a structured clone. */

/** Passed at the start, as the only argument of the process (JSON). */
export interface ChildSettings {
  readonly bundleDir: string;
  readonly engine: EngineChoice;
  /** Engines whose loading crashed an earlier process, and how: `auto` skips them. */
  readonly avoid: readonly AvoidedEngine[];
}

export interface AvoidedEngine {
  readonly engine: EngineName;
  readonly reason: string;
}

export type InferenceTask =
  | { readonly kind: 'assess'; readonly burst: readonly Uint8Array[]; readonly gate: GateSettings }
  | {
      readonly kind: 'classify';
      readonly picture: Uint8Array;
      readonly rules: Rules;
      readonly mmPerPixel?: number | undefined;
    }
  | { readonly kind: 'inspect'; readonly picture: Uint8Array; readonly gate: GateSettings }
  | {
      readonly kind: 'look';
      readonly picture: Uint8Array;
      readonly rules: Rules;
      readonly locate: boolean;
    }
  | { readonly kind: 'thumbnail'; readonly picture: Uint8Array; readonly side: number }
  | { readonly kind: 'vitals' };

/** The response to each kind of task. */
export interface InferenceAnswers {
  readonly assess: GateResult;
  readonly classify: Classification;
  readonly inspect: FrameInspection;
  readonly look: FramingLook;
  readonly thumbnail: Uint8Array;
  readonly vitals: Vitals;
}

export type InferenceAnswer = InferenceAnswers[keyof InferenceAnswers];

export type InferenceRequest = InferenceTask & { readonly id: number };

export type InferenceMessage =
  /** An engine is about to be loaded; if the process dies now, this engine caused it. */
  | { readonly kind: 'trying'; readonly engine: EngineName }
  | { readonly kind: 'ready'; readonly model: LoadedModel; readonly selfTest: ModelSelfTestReport }
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: InferenceAnswer }
  | { readonly kind: 'failure'; readonly id: number; readonly code: string; readonly message: string };
