import { Type, type Static, type TSchema } from '@sinclair/typebox';

type Leaf = string | number | boolean | null | undefined | ArrayBuffer;

/** Without `readonly`; an optional field that may be `undefined` may be absent, as in JSON. */
type Plain<T> = unknown extends T
  ? T
  : T extends Leaf
    ? T
    : { -readonly [K in keyof T]: Plain<Exclude<T[K], undefined>> };

/** With every optional field required: types that differ only in an optional field are mutually assignable. */
type Complete<T> = unknown extends T
  ? T
  : T extends Leaf
    ? T
    : { -readonly [K in keyof T]-?: Complete<Exclude<T[K], undefined>> };

type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Whether two types describe the same JSON. */
export type SameJson<A, B> =
  Mutual<Plain<A>, Plain<B>> extends true ? Mutual<Complete<A>, Complete<B>> : false;

/** No argument if the condition holds; otherwise one of an impossible type, so that the call does not compile. */
export type Require<Condition extends boolean> = Condition extends true
  ? []
  : [error: { readonly 'the schema differs from the type of the protocol': never }];

/**
 * Gives a schema the name by which the documents of `docs/api` refer to it. It compiles only where the schema describes exactly `T`, so that
 * the types of `protocol/`, which import nothing, and their schemas cannot drift apart.
 */
export const schemaFor =
  <T>() =>
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- for the compiler alone
  <S extends TSchema>(title: string, schema: S, ..._same: Require<SameJson<Static<S>, T>>): S => ({
    ...schema,
    title,
  });

/** Rejects fields that are not listed. */
export const exact = { additionalProperties: false };

/** One of several strings. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));

/** Marks an `extensible` schema; omitted in JSON. */
export const EXTENSIBLE = Symbol('extensible');

/** Strings to which a later version may add: the screen accepts any other text as well. */
export const extensible = <S extends TSchema>(schema: S): S => ({ ...schema, [EXTENSIBLE]: true });

/** One of the codes that are the keys of a table of texts; the screen has a fallback text for an unknown one. */
export const keyOf = <T extends object>(table: T) =>
  extensible(oneOf(Object.keys(table) as (keyof T & string)[]));
