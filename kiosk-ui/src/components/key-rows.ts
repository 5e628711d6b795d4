import type { Language } from '#protocol/languages.ts';

/** Letter layout that users of each language expect from their keyboards. */
const LETTERS = {
  qwerty: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  qwertz: ['qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
  azerty: ['azertyuiop', 'qsdfghjklm', 'wxcvbn'],
} as const;

/** `more`: letters of the language that codes do not use. */
const LAYOUTS: Readonly<Record<Language, { readonly letters: keyof typeof LETTERS; readonly more: string }>> =
  {
    en: { letters: 'qwerty', more: '' },
    de: { letters: 'qwertz', more: 'äöüß' },
    es: { letters: 'qwerty', more: 'ñáéíóú' },
    fr: { letters: 'azerty', more: 'éèàçê' },
    pt: { letters: 'qwerty', more: 'çãõáéó' },
  };

export interface KeyRows {
  readonly digits: readonly string[];
  readonly upper: readonly string[];
  readonly home: readonly string[];
  readonly lower: readonly string[];
  readonly more: readonly string[];
}

/**
 * Rows of the on-screen keyboard, each of ten keys at most: more would be narrower than a gloved finger. Codes are typed without the language's special letters, texts with
 * them.
 */
export function keyRows(language: Language, writes: 'code' | 'text'): KeyRows {
  const { letters, more } = LAYOUTS[language];
  const [upper, home, lower] = LETTERS[letters];
  return {
    digits: Array.from('1234567890'),
    upper: Array.from(upper),
    home: Array.from(home),
    lower: Array.from(`${lower}-`),
    more: Array.from(`.${writes === 'text' ? more : '/_'}`),
  };
}
