import {
  PRACTICE_STEPS,
  type PracticeAction,
  type PracticeStep,
  type PracticeView,
} from '../protocol/practice.ts';
import type { FaultCode, RetakeReason } from '../protocol/reasons.ts';

/** The scenes of the faults: see `program/scenes.ts`. */
const FAULTY: Readonly<Record<PracticeStep, string>> = {
  focus: 'blurred',
  hair: 'hair',
  gel: 'no-gel',
  light: 'over-exposed',
  aim: 'no-lesion',
};

/** The scene without a fault. */
const GOOD = 'naevus';

export type PracticeEvent =
  | { readonly type: 'pressed' }
  /** Without a reason, the image would be analysed. */
  | { readonly type: 'checked'; readonly reason?: RetakeReason | undefined }
  | { readonly type: 'failed'; readonly code: FaultCode }
  | { readonly type: PracticeAction };

export const FIRST: PracticeView = { step: PRACTICE_STEPS[0], cured: false, state: 'aiming' };

/** What the simulated camera shows. */
export function sceneOf({ step, cured }: PracticeView): string {
  return cured ? GOOD : FAULTY[step];
}

/** The transitions of practice; pure. `undefined`: it is over. An event without meaning in a state changes nothing. */
export function step(practice: PracticeView, event: PracticeEvent): PracticeView | undefined {
  const { step: at, cured } = practice;
  const checking = practice.state === 'checking';
  switch (event.type) {
    case 'pressed':
      return checking ? practice : { step: at, cured, state: 'checking' };
    case 'checked':
      if (!checking) return practice;
      return event.reason === undefined
        ? { step: at, cured, state: 'good' }
        : { step: at, cured, state: 'retake', reason: event.reason };
    case 'failed':
      return checking ? { step: at, cured, state: 'fault', code: event.code } : practice;
    case 'begin':
      return FIRST;
    case 'cure':
      return cured ? practice : { step: at, cured: true, state: 'aiming' };
    case 'next': {
      const next = PRACTICE_STEPS[PRACTICE_STEPS.indexOf(at) + 1];
      return next && { step: next, cured: false, state: 'aiming' };
    }
    case 'end':
      return undefined;
  }
}
