import type { BodySite, BodyView, Side } from '#protocol/body-sites.ts';
import type { Point } from './curves.ts';

/** What a touch chooses: a larger area than is drawn, since limbs are thinner than a gloved finger. */
export interface Region<Name> {
  readonly name: Name;
  readonly path: string;
  /** Where its lesions are marked. */
  readonly mark: Point;
}

export interface BodyDrawing {
  /** The outline of the body, as shapes that overlap. */
  readonly outline: readonly string[];
  readonly sites: readonly Region<BodySite>[];
  /** Parts that have a view of their own. */
  readonly parts: readonly Region<BodyView>[];
  /** Lines that show which side is seen. */
  readonly details: readonly string[];
  /** Labels of the sides: x, y and the side. */
  readonly sides: readonly (readonly [x: number, y: number, side: Side])[];
}
