import type { BoardWarning } from '#protocol/board.ts';
import type { BodyPart } from '#protocol/body-sites.ts';
import type { CHECK_CURES, CheckId } from '#protocol/diagnostics.ts';
import type { ClassId, ClassKind } from '#protocol/classes.ts';
import type { Contraindication } from '#protocol/context.ts';
import type { LesionValues, QualityValues } from '#protocol/http.ts';
import type { INTENDED_USE } from '#protocol/intended-use.ts';
import type { FaultCode, RetakeReason, WithheldReason, Words } from '#protocol/reasons.ts';

export type Reason = RetakeReason | WithheldReason | FaultCode;

/** Stages of a session and parts of them, by the names of their times. */
export type Stage =
  | ('open' | 'capture' | 'assess' | 'classify' | 'record' | 'total')
  | ('burstDecode' | 'quality' | 'decode' | 'prepare' | 'network' | 'verdict' | 'explain');

/** As many texts as there are. */
type TextsOf<T> = { readonly [I in keyof T]: string };

/** What has its words by a code of the service: a code that the protocol gets and a language lacks is a type error. */
export interface CodeWords {
  readonly reasons: Readonly<Record<Reason, Words>>;
  readonly board: Readonly<Record<BoardWarning, Words>>;
  readonly checks: Readonly<Record<CheckId, string>>;
  readonly cures: Readonly<Record<keyof typeof CHECK_CURES, string>>;
  /** What the button's test says where no press came. */
  readonly noPress: Words;
  readonly classes: Readonly<Record<ClassId, string>>;
  /** What a kind of class means for the patient; it agrees with "lesion". */
  readonly kinds: Readonly<Record<ClassKind, string>>;
  /** Parts of the body, without their side. */
  readonly sites: Readonly<Record<BodyPart, string>>;
  readonly contraIndications: Readonly<Record<Contraindication, string>>;
  readonly use: {
    readonly headline: string;
    readonly not: string;
    readonly notValidatedOn: TextsOf<(typeof INTENDED_USE)['notValidatedOn']>;
  };
  /** In English the field's own name is its word. */
  readonly fields: Readonly<Record<keyof QualityValues | keyof LesionValues | Stage, string>>;
}
