import { CODES } from '../../kiosk-ui/src/i18n/codes/codes.ts';
import type { Plural } from '../../kiosk-ui/src/i18n/dictionary.ts';
import { LOCALES } from '../../kiosk-ui/src/i18n/language.ts';
import { DICTIONARIES } from '../../kiosk-ui/src/i18n/translate.ts';
import type { Language } from '../../src/protocol/languages.ts';

export interface Screen {
  readonly language: Language;
  readonly width: number;
  readonly height: number;
}

/** The two screens on which every flow is tested. */
export const SCREENS = [
  { language: 'en', width: 800, height: 480 },
  { language: 'de', width: 1280, height: 800 },
] as const satisfies readonly Screen[];

export type Values = Readonly<Record<string, string | number>>;

export interface Words {
  /** The text of the screen in its language for this English text; placeholders such as `{count}` are filled in. */
  readonly say: (english: string, values?: Values) => string;
  /** The text of this key, for an English text with several meanings. Keys of texts by code start with `codes.`. */
  readonly key: (name: string, values?: Values) => string;
}

/** Lets a test use English texts on a screen in another language. */
export function wordsIn(language: Language): Words {
  const translations = textsOf(language);

  const key = (name: string, values: Values = {}): string => {
    const text = translations.get(name);
    if (text === undefined) throw new Error(`The screen has no text by the key ${name}.`);
    return fillIn(text, values, language);
  };

  const say = (english: string, values: Values = {}): string => {
    const names = [...textsOf('en')].filter(([, text]) => isFormOf(text, english)).map(([name]) => name);
    const [translated, other] = new Set(names.map((name) => key(name, values)));
    if (translated === undefined) throw new Error(`The screen never says “${english}”.`);
    if (other !== undefined) throw new Error(`“${english}” may be ${names.join(', ')}: name the key.`);
    return translated;
  };

  return { say, key };
}

type Text = string | Plural;

function isFormOf(text: Text, english: string): boolean {
  return typeof text === 'string' ? text === english : [text.one, text.other].includes(english);
}

function textsOf(language: Language): ReadonlyMap<string, Text> {
  return new Map<string, Text>([
    ...Object.entries(DICTIONARIES[language]),
    ...subpagesOf(CODES[language], 'codes'),
  ]);
}

function subpagesOf(value: object, path: string): readonly [string, string][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]): readonly [string, string][] => {
    if (typeof inner === 'string') return [[`${path}.${name}`, inner]];
    return typeof inner === 'object' && inner !== null ? subpagesOf(inner, `${path}.${name}`) : [];
  });
}

function fillIn(text: Text, values: Values, language: Language): string {
  const form =
    typeof text === 'string'
      ? text
      : text[
          new Intl.PluralRules(LOCALES[language]).select(Number(values.count)) === 'one' ? 'one' : 'other'
        ];
  return form.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`“${form}” needs a value for ${placeholder}.`);
    return String(value);
  });
}
