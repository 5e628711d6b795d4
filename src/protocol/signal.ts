import type { PracticeView } from './practice.ts';
import type { View } from './view.ts';

/** Signals of the kiosk by lamp and sound. */
export type Signal = 'ready' | 'busy' | 'ok' | 'retake' | 'fault';

/**
 * `ok` means that there is a result, whatever it is: others in the room must not hear which. While a
 * question is open there is none to signal yet.
 */
export function signalOf({ session, camera, model, storage, practice }: View): Signal {
  if (practice !== undefined) return PRACTICE_SIGNALS[practice.state];
  switch (session.state) {
    case 'capturing':
    case 'checking':
    case 'classifying':
    case 'asking':
    case 'opinion':
      return 'busy';
    case 'showing':
      return 'ok';
    case 'retake':
    case 'fault':
      return session.state;
    case 'ready':
      break;
  }
  if (camera.state === 'lost' || camera.state === 'stalled') return 'fault';
  if (model.state === 'none' || storage.state === 'failed') return 'fault';
  return camera.state !== 'live' || model.state === 'loading' ? 'busy' : 'ready';
}

/** Practice looks and sounds like a real press. */
const PRACTICE_SIGNALS: Readonly<Record<PracticeView['state'], Signal>> = {
  aiming: 'ready',
  checking: 'busy',
  retake: 'retake',
  good: 'ok',
  fault: 'fault',
};
