import type { EN } from './en.ts';

/** Plural forms as named by `Intl.PluralRules`; other forms of a language use `other`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

export type TextKey = keyof typeof EN;

/** Every language has exactly the keys of English. */
export type Dictionary = { readonly [K in TextKey]: (typeof EN)[K] extends string ? string : Plural };

/** Names of the placeholders in a message. */
export type Placeholders<Message> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : Message extends Plural
    ? 'count' | Placeholders<Message['one' | 'other']>
    : never;
