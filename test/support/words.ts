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

/** The two that every flow is walked on. */
export const SCREENS = [
  { language: 'en', width: 800, height: 480 },
  { language: 'de', width: 1280, height: 800 },
] as const satisfies readonly Screen[];

export type Values = Readonly<Record<string, string | number>>;

export interface Words {
  /** What the screen says in its language where it says this in English; the holes of both, such as `{count}`, are filled in. */
  readonly say: (english: string, values?: Values) => string;
  /** The text of this key, for where the same English has several meanings. Keys of what is said by code begin with `codes.`. */
  readonly key: (name: string, values?: Values) => string;
}

/** Lets a test have its words in English and still walk a screen in another language. */
export function wordsIn(language: Language): Words {
  const here = textsOf(language);

  const key = (name: string, values: Values = {}): string => {
    const text = here.get(name);
    if (text === undefined) throw new Error(`The screen has no text by the key ${name}.`);
    return filled(text, values, language);
  };

  const say = (english: string, values: Values = {}): string => {
    const names = [...textsOf('en')].filter(([, text]) => isSaidBy(text, english)).map(([name]) => name);
    const [said, other] = new Set(names.map((name) => key(name, values)));
    if (said === undefined) throw new Error(`The screen never says “${english}”.`);
    if (other !== undefined) throw new Error(`“${english}” may be ${names.join(', ')}: name the key.`);
    return said;
  };

  return { say, key };
}

type Text = string | Plural;

function isSaidBy(text: Text, english: string): boolean {
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

function filled(text: Text, values: Values, language: Language): string {
  const form =
    typeof text === 'string'
      ? text
      : text[
          new Intl.PluralRules(LOCALES[language]).select(Number(values.count)) === 'one' ? 'one' : 'other'
        ];
  return form.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`“${form}” needs a value for ${hole}.`);
    return String(value);
  });
}
