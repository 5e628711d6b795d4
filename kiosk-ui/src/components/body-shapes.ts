import type { BodySite, BodyView, Side } from '#protocol/body-sites.ts';
import { FACE_AND_BACK } from './body-head.ts';
import { BACK, FRONT } from './body-figure.ts';
import { FEET, HANDS } from './body-limbs.ts';
import type { Point } from './curves.ts';

/**
 * The drawing of every view, in pixels of the smallest screen; every touch target is at least 48 px in both directions.
 */
export const MAP_WIDTH = 480;
export const MAP_HEIGHT = 336;
/** Horizontal margin in every drawing. */
export const MAP_MARGIN = 10;

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

export const DRAWINGS: Readonly<Record<BodyView, BodyDrawing>> = {
  front: FRONT,
  back: BACK,
  head: FACE_AND_BACK,
  hands: HANDS,
  feet: FEET,
};
