import { computed } from '@preact/signals';
import type { Language } from '#protocol/languages.ts';
import { view } from '../state/state.ts';

/**
 * The screen's language: the kiosk's, or English until it is known. Components that read it re-render when it changes.
 */
export const language = computed<Language>(() => view.value?.language ?? 'en');

/** Locales for dates and numbers. All of them use the 24-hour clock here. */
export const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de-DE',
  es: 'es-ES',
  fr: 'fr-FR',
  pt: 'pt-BR',
};
