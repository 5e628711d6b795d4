import { computed } from '@preact/signals';
import type { Language } from '#protocol/languages.ts';
import { view } from '../state/state.ts';

/** The language the screen speaks now: the kiosk's, and English until it has told. Whatever reads it is drawn anew when it changes. */
export const language = computed<Language>(() => view.value?.language ?? 'en');

/** By whose habits dates and numbers are written. All of them use the 24-hour clock here. */
export const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  es: 'es-ES',
  fr: 'fr-FR',
  pt: 'pt-BR',
};
