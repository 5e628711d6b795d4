import type { BoardWarning } from '#protocol/board.ts';
import type { BodyPart } from '#protocol/body-sites.ts';
import type { CHECK_CURES, CheckId } from '#protocol/diagnostics.ts';
import type { ClassId } from '#protocol/classes.ts';
import type { Contraindication } from '#protocol/context.ts';
import type { LesionValues, QualityValues } from '#protocol/outcome.ts';
import type { INTENDED_USE } from '#protocol/intended-use.ts';
import type { FaultCode, RetakeReason, WithheldReason } from '#protocol/reasons.ts';
import type { Words } from '#protocol/words.ts';

export type Reason = RetakeReason | WithheldReason | FaultCode;

/** Stages of a session and their parts, by the names in `timings`. */
export type Stage =
  | ('open' | 'capture' | 'assess' | 'classify' | 'record' | 'total')
  | ('burstDecode' | 'quality' | 'decode' | 'prepare' | 'network' | 'verdict' | 'explain');

export type TaggedClass = Exclude<ClassId, 'bkl'>;

/** A text for each element of the tuple. */
type TextsOf<T> = { readonly [I in keyof T]: string };

/** Texts by the service's codes: a code of the protocol that is missing in a language is a type error. */
export interface CodeWords {
  readonly reasons: Readonly<Record<Reason, Words>>;
  readonly board: Readonly<Record<BoardWarning, Words>>;
  readonly checks: Readonly<Record<CheckId, string>>;
  readonly cures: Readonly<Record<keyof typeof CHECK_CURES, string>>;
  /** Shown by the button test when there was no press. */
  readonly noPress: Words;
  readonly classes: Readonly<Record<ClassId, string>>;
  /** Shown after a class’s name, and agrees with its gender; not for a class whose name already says that it is benign. */
  readonly tags: Readonly<Record<TaggedClass, string>>;
  /** Body parts, without the side. */
  readonly sites: Readonly<Record<BodyPart, string>>;
  readonly contraIndications: Readonly<Record<Contraindication, string>>;
  readonly use: {
    readonly headline: string;
    readonly not: string;
    readonly notValidatedOn: TextsOf<(typeof INTENDED_USE)['notValidatedOn']>;
  };
  /** In English the field name itself is used. */
  readonly fields: Readonly<Record<keyof QualityValues | keyof LesionValues | Stage, string>>;
}
