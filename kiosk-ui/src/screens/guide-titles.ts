import type { GuideStep } from '#protocol/guide.ts';
import type { TextKey } from '../i18n/dictionary.ts';

/** The name of each step of the guide. */
export const GUIDE_TITLES = {
  language: 'setting.language',
  clock: 'guide.clock',
  pin: 'settings.group.pin',
  camera: 'setting.camera',
  light: 'guide.light',
  button: 'setting.button',
  network: 'guide.network',
  prevalence: 'predictive.prevalence',
  retention: 'setting.retention',
  summary: 'guide.summary',
} as const satisfies Readonly<Record<GuideStep, TextKey>>;
