import type { ClassId } from '#protocol/classes.ts';
import type { Check } from '#protocol/diagnostics.ts';
import type { Language } from '#protocol/languages.ts';
import type { Words } from '#protocol/words.ts';
import { language } from '../language.ts';
import type { CodeWords, Reason } from './code-words.ts';
import { DE_CODES } from './de.ts';
import { EN_CODES } from './en.ts';
import { ES_CODES } from './es.ts';
import { FR_CODES } from './fr.ts';
import { PT_CODES } from './pt.ts';

export const CODES: Readonly<Record<Exclude<Language, 'en'>, CodeWords>> & { readonly en: typeof EN_CODES } =
  {
    en: EN_CODES,
    de: DE_CODES,
    es: ES_CODES,
    fr: FR_CODES,
    pt: PT_CODES,
  };

/** The texts for the service's codes, in the screen's language. */
export function codes(): Omit<CodeWords, 'fields'> {
  return CODES[language.value];
}

/** The text for a reason of any kind; a newer service may send one that the screen does not know. */
export function wordsOf(reason: string | undefined): Words {
  const { reasons } = codes();
  return isReason(reason) ? reasons[reason] : reasons['internal/error'];
}

/**
 * An error of the service: in English as sent, in other languages by its code. A cure specific to this error (it may
 * name a limit) and unknown codes stay as sent.
 */
export function wordsSent({ code, message, cure }: Words & { readonly code?: string }): Words {
  if (language.value === 'en' || !isReason(code)) return { message, cure };
  const known = codes().reasons[code];
  return { message: known.message, cure: cure === EN_CODES.reasons[code].cure ? known.cure : cure };
}

/** The cure for a component; as sent if its code is unknown. */
export function cureSent({ cure, cureCode }: Pick<Check, 'cure' | 'cureCode'>): string | undefined {
  if (language.value === 'en' || cureCode === undefined) return cure;
  const { cures, reasons, board } = codes();
  const known: Readonly<Record<string, string | Words>> = { ...cures, ...reasons, ...board };
  const words = Object.hasOwn(known, cureCode) ? known[cureCode] : cure;
  return typeof words === 'object' ? words.cure : words;
}

/** What the code of a cure says is wrong; nothing if the code names only the cure. */
export function problemOf(cureCode: string | undefined): string | undefined {
  const { reasons, board } = codes();
  const known: Readonly<Record<string, Words>> = { ...reasons, ...board };
  return cureCode !== undefined && Object.hasOwn(known, cureCode) ? known[cureCode]?.message : undefined;
}

/** What a class means for the patient, unless its name says so. */
export function tagOf(id: ClassId): string | undefined {
  return id === 'bkl' ? undefined : codes().tags[id];
}

/** The name of a measured value or a stage, if the language has one. */
export function fieldWord(field: string): string | undefined {
  const words = CODES[language.value];
  const fields: Readonly<Record<string, string>> = 'fields' in words ? words.fields : {};
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

function isReason(code: string | undefined): code is Reason {
  return code !== undefined && Object.hasOwn(EN_CODES.reasons, code);
}
