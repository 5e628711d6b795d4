import type { TextKey } from '../dictionary.ts';

/** Every help page, with the keys it explains, by their labels. */
export const HELP_KEYS = {
  live: ['ready.capture', 'patient', 'nav.upload', 'nav.log', 'nav.menu'],
  working: [],
  asking: ['contra.none', 'contra.done', 'contra.leave'],
  opinion: ['opinion.leave'],
  retake: ['again.press', 'back'],
  fault: ['again.press', 'back'],
  result: ['result.save.agree', 'result.save.disagree', 'result.retake', 'result.discard'],
  withheld: ['result.save.agree', 'result.retake', 'result.discard'],
  patient: ['patient.next', 'patient.yes', 'patient.new-lesion', 'patient.clear'],
  patients: ['patients.search', 'patients.select'],
  'new-lesion': [],
  lesion: ['lesion.course', 'lesion.compare'],
  assign: ['assign.yes'],
  overview: ['overview.keep', 'overview.again', 'overview.file'],
  upload: ['upload.choose', 'drive.search', 'drive.analyse'],
  log: ['log.search', 'log.filter', 'log.statistics', 'filter.last-month'],
  find: ['filter.show-all', 'filter.clear'],
  export: ['export.csv', 'export.json'],
  statistics: ['statistics.table'],
  session: ['detail.findings', 'detail.picture', 'detail.journal'],
  menu: ['settings.title', 'setting.language', 'test.title', 'nav.about'],
  language: [],
  guide: ['guide.next', 'guide.end'],
  practice: ['guide.skip', 'practice.end'],
  about: [],
  'self-test': ['test.again', 'test.details', 'test.button', 'test.lamp'],
  settings: ['settings.lock'],
  unlock: [],
  offline: [],
} as const satisfies Readonly<Record<string, readonly TextKey[]>>;

export type HelpTopic = keyof typeof HELP_KEYS;

/** One short page: it must fit the smallest screen. */
export interface HelpText<Key extends TextKey = TextKey> {
  /** What the screen shows. */
  readonly shows: string;
  /** What each key does. */
  readonly keys: Readonly<Record<Key, string>>;
  /** What to do if … */
  readonly cases: readonly (readonly [when: string, then: string])[];
}

export type HelpTexts = { readonly [T in HelpTopic]: HelpText<(typeof HELP_KEYS)[T][number]> };
