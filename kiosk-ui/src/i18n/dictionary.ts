import type { EN } from './en.ts';

/** Forms of a message by its count, as `Intl.PluralRules` names them; what a language has beyond these two is said as `other`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

export type TextKey = keyof typeof EN;

/** What every language has: each of English's keys, and no other. */
export type Dictionary = { readonly [K in TextKey]: (typeof EN)[K] extends string ? string : Plural };

/** Names of what is filled into a message. */
export type Placeholders<Message> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : Message extends Plural
    ? 'count' | Placeholders<Message['one' | 'other']>
    : never;
