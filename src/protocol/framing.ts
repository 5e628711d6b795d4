import type { GateReason, LesionReason } from './reasons.ts';

/** Why a press would end in a retake. */
export type FramingReason = GateReason | LesionReason;

/** What a press now would find in the live image. */
export interface Framing {
  /** Absent if a press would pass. */
  readonly reason?: FramingReason;
  /** Sharpness as a fraction of the least that passes, 0–2: from 1 it is sharp enough. */
  readonly focus: number;
  /** Fractions of the most that passes, 0–2; absent until the lesion has been located. */
  readonly glare?: number;
  readonly hair?: number;
}
