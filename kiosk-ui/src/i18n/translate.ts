import type { Language } from '#protocol/languages.ts';
import { DE } from './de.ts';
import type { Dictionary, Placeholders, TextKey } from './dictionary.ts';
import { EN } from './en.ts';
import { ES } from './es.ts';
import { FR } from './fr.ts';
import { language, LOCALES } from './language.ts';
import { PT } from './pt.ts';

export const DICTIONARIES: Readonly<Record<Language, Dictionary>> = {
  en: EN,
  de: DE,
  es: ES,
  fr: FR,
  pt: PT,
};

type Values<K extends TextKey> = [Placeholders<(typeof EN)[K]>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<(typeof EN)[K]>, string | number>>];

/** The text of `key` in the screen's language with its placeholders filled in. See `en.ts` for how to add texts. */
export function t<K extends TextKey>(key: K, ...[values]: Values<K>): string {
  const message = DICTIONARIES[language.value][key];
  const filled: Readonly<Record<string, string | number>> = values ?? {};
  const text = typeof message === 'string' ? message : message[formOf(Number(filled.count))];
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(filled[name] ?? hole));
}

function formOf(count: number): 'one' | 'other' {
  return new Intl.PluralRules(LOCALES[language.value]).select(count) === 'one' ? 'one' : 'other';
}
