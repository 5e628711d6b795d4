import type { FaultCode, RetakeReason } from './reasons.ts';

/** What practice teaches, in order: each step shows one fault of an image, then the same without it. */
export const PRACTICE_STEPS = ['focus', 'hair', 'gel', 'light', 'aim'] as const;

export type PracticeStep = (typeof PRACTICE_STEPS)[number];

/**
 * `begin`: also at the first step again; `cure`: what the step teaches has been done, and the simulated image is better; `next`: the next
 * step, or after the last one the end.
 */
export const PRACTICE_ACTIONS = ['begin', 'cure', 'next', 'end'] as const;

export type PracticeAction = (typeof PRACTICE_ACTIONS)[number];

/** Practice on simulated images: no session, nothing is stored, and there is no score of any kind. */
export type PracticeView = {
  readonly step: PracticeStep;
  /** Whether the fault that the step shows has been cured. */
  readonly cured: boolean;
} & (
  | { readonly state: 'aiming' | 'checking' }
  /** `retake`: why the quality gate rejects the image. */
  | { readonly state: 'retake'; readonly reason: RetakeReason }
  /** The image would be analysed; practice ends here. */
  | { readonly state: 'good' }
  /** The simulated camera or the quality gate has failed. */
  | { readonly state: 'fault'; readonly code: FaultCode }
);

/** Answer to `POST /api/practice`. */
export interface PracticeAnswer {
  /** `null` unless somebody practises. */
  readonly practice: PracticeView | null;
}
