import type { Language } from '#protocol/languages.ts';
import type { TextKey } from '../dictionary.ts';
import { language } from '../language.ts';
import { HELP_DE } from './de.ts';
import { HELP_EN } from './en.ts';
import { HELP_ES } from './es.ts';
import { HELP_FR } from './fr.ts';
import { HELP_PT } from './pt.ts';
import type { HelpText, HelpTexts, HelpTopic } from './topics.ts';

export const HELP: Readonly<Record<Language, HelpTexts>> = {
  en: HELP_EN,
  de: HELP_DE,
  es: HELP_ES,
  fr: HELP_FR,
  pt: HELP_PT,
};

/** The help page in the screen's language. */
export function helpOn(topic: HelpTopic): Omit<HelpText, 'keys'> & {
  readonly keys: Readonly<Partial<Record<TextKey, string>>>;
} {
  return HELP[language.value][topic];
}
