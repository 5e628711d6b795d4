import type { EN } from './en.ts';

/** Forms of a message by its count, as `Intl.PluralRules` names them; what a language has beyond these two is said as `other`. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

export type Key = keyof typeof EN;

/** What every language has: each of English's keys, and no other. */
export type Dictionary = { readonly [K in Key]: (typeof EN)[K] extends string ? string : Plural };

/** Names of what is filled into a message. */
export type Holes<Message> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Holes<Rest>
  : Message extends Plural
    ? 'count' | Holes<Message['one' | 'other']>
    : never;
