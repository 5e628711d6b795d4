import type { Weighted } from './alignment.ts';
import { reduceByArea } from './geometry.ts';
import type { Image } from './image.ts';
import type { LesionShape } from './outline.ts';
import { halved, lumaOf } from './planes.ts';
import { boxed, textureOf, type Plane } from './texture.ts';

/** A capture with the lesion found on its centre square. */
export interface Capture {
  readonly image: Image;
  readonly shape: LesionShape;
}

/** The planes used to register a capture with another. */
export interface Marks {
  /** The lesion and the skin close around it, coarse. */
  readonly whole: Weighted;
  /** The same plane with full weight: the other capture's lesion is searched for in it. */
  readonly field: Weighted;
  /** The same plane without the border zone. */
  readonly coarse: Weighted;
  /** The finest landmarks, without the border zone. */
  readonly fine: Weighted;
}

/** Side of the fine plane; the coarse one has half of it, pixels. */
const SIDE = 96;
/** Local neighbourhood of a landmark, to each side, pixels of its plane. */
const COARSE_REACH = 6;
const FINE_REACH = 4;
/**
 * Width of the skin zone around the lesion, as a fraction of the side: further out, hair and the rim of the lens differ
 * between captures.
 */
const WHOLE_HALO = 0.06;
const MARKS_HALO = 0.15;
/**
 * Half width of the excluded border zone, as a fraction of the side: as far as it affects the texture of the finest
 * landmarks.
 */
const RING = 0.05;

export function marksOf({ image, shape }: Capture): Marks {
  const square = reduceByArea(image, SIDE);
  const luma = { plane: lumaOf(square), side: square.width };
  const half = halved(luma.plane, luma.side);
  const coarse = textureOf({ plane: boxed(half, 1), side: half.side }, COARSE_REACH);
  const fine = textureOf(luma, FINE_REACH);
  return {
    whole: { ...coarse, weights: near(shape, coarse.side, WHOLE_HALO) },
    field: { ...coarse, weights: new Float64Array(coarse.plane.length).fill(1) },
    coarse: { ...coarse, weights: withoutBorder(shape, coarse.side) },
    fine: { ...fine, weights: withoutBorder(shape, fine.side) },
  };
}

/** 1 for the lesion and its close surroundings. */
function near(shape: LesionShape, side: number, halo: number): Float64Array {
  return boxed(insideOf(shape, side), Math.round(halo * side)).map((share) => (share > TINY ? 1 : 0));
}

function withoutBorder(shape: LesionShape, side: number): Float64Array {
  const around = boxed(insideOf(shape, side), Math.round(RING * side));
  return near(shape, side, MARKS_HALO).map((counts, i) => {
    const share = around[i] ?? 0;
    return share > TINY && share < 1 - TINY ? 0 : counts;
  });
}

/** Sums of ones and their fractions are not exact. */
const TINY = 1e-6;

/** 1 inside the lesion, at a different resolution. */
function insideOf({ region, side: own }: LesionShape, side: number): Plane {
  const plane = new Float64Array(side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [i, j] = [Math.floor(((x + 0.5) * own) / side), Math.floor(((y + 0.5) * own) / side)];
      plane[y * side + x] = region[j * own + i] ?? 0;
    }
  }
  return { plane, side };
}
