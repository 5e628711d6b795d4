import type { BodyView } from '#protocol/body-sites.ts';
import type { BodyDrawing } from './body-drawing.ts';
import { FACE_AND_BACK } from './body-head.ts';
import { BACK, FRONT } from './body-figure.ts';
import { FEET, HANDS } from './body-limbs.ts';

/**
 * The drawing of every view, in pixels of the smallest screen; every touch target is at least 48 px in both directions.
 */
export const MAP_WIDTH = 480;
export const MAP_HEIGHT = 336;
/** Horizontal margin in every drawing. */
export const MAP_MARGIN = 10;

export const DRAWINGS: Readonly<Record<BodyView, BodyDrawing>> = {
  front: FRONT,
  back: BACK,
  head: FACE_AND_BACK,
  hands: HANDS,
  feet: FEET,
};
