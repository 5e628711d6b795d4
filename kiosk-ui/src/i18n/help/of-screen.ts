import type { ScreenName } from '../../state/screen-state.ts';
import type { HelpTopic } from './topics.ts';

/** The help of each screen; pages within one may name another. */
export const HELP_OF: Readonly<Record<ScreenName, HelpTopic>> = {
  offline: 'offline',
  // Any touch leaves it: it needs no key of its own.
  privacy: 'live',
  ready: 'live',
  capturing: 'working',
  checking: 'working',
  classifying: 'working',
  asking: 'asking',
  opinion: 'opinion',
  retake: 'retake',
  fault: 'fault',
  result: 'result',
  withheld: 'withheld',
  practice: 'practice',
  patient: 'patient',
  patients: 'patients',
  lesion: 'lesion',
  upload: 'upload',
  log: 'log',
  menu: 'menu',
  language: 'language',
  guide: 'guide',
  about: 'about',
  'self-test': 'self-test',
  settings: 'settings',
};
