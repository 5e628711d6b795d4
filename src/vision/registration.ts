import { fitOf, refine, type Fit, type Refined, type Weighted } from './alignment.ts';
import { marksOf, type Capture, type Marks } from './marks.ts';
import { momentsOf, type Point } from './polygon.ts';
import { transformPoint, similarityOf, type Similarity } from './similarity.ts';

/** Maps the first centre square to the second, with the quality of the match. */
export interface Registration {
  readonly to: Similarity;
  /** How well the landmarks match, without those close to either border. */
  readonly fit: Fit;
  /** Standard error of the natural logarithm of the scale. */
  readonly scaleError: number;
}

/** The search grid: every ten degrees, and three scales around the one at which both lesions have the same size. */
const ANGLES = Array.from({ length: 36 }, (_, i) => 10 * i);
const SCALES = [0.85, 1, 1.18];
/** How many of them are refined, and how many of those up to the fine landmarks. */
const FOLLOWED = 6;
const FURTHER = 2;
/** The bias of the initial scale caused by a grown border: retried without it. */
const PULLED = [0.92, 1, 1.09];
const STEPS = 12;

/**
 * Correlated pixels: the residuals of neighbours are similar, so fewer of them are independent than there are. From the
 * errors measured by bench/registration.mjs.
 */
const ALIKE = 9;

/**
 * Registers two captures of one lesion: rotation, scale and shift. The masks give the starting point, and the lesion as
 * a whole the orientation; the result comes from the landmarks alone (structure inside, hair and skin outside, whatever
 * the light) with both borders excluded, so that a lesion that has grown is not scaled back to its old size.
 *
 * @returns `undefined` if one of them shows no lesion, or nothing matches
 */
export function register(one: Capture, other: Capture): Registration | undefined {
  if (one.shape.share === 0 || other.shape.share === 0) return undefined;
  const [first, second] = [marksOf(one), marksOf(other)];
  const centre = momentsOf(one.shape.contour).centre;
  const best = wholes(first, second, starts(one, other))
    .flatMap(({ to }) => PULLED.map((factor) => scaledAbout(to, factor, centre)))
    .flatMap((to) => followed(first.coarse, second.coarse, to))
    .sort(byCorrelation)
    .slice(0, FURTHER)
    .flatMap(({ to }) => followed(first.fine, second.fine, to))
    .sort(byCorrelation)[0];
  return best && { to: best.to, fit: best.fit, scaleError: best.scaleError * Math.sqrt(ALIKE) };
}

interface Followed extends Refined {
  readonly fit: Fit;
}

/** The orientation, from everything visible, including borders. */
function wholes(first: Marks, second: Marks, from: readonly Similarity[]): readonly Followed[] {
  return from
    .map((to) => ({ to, fit: fitOf(first.whole, second.field, to, 2) }))
    .sort(byCorrelation)
    .slice(0, FOLLOWED)
    .flatMap(({ to }) => followed(first.whole, second.field, to))
    .sort(byCorrelation)
    .slice(0, FURTHER);
}

function followed(first: Weighted, second: Weighted, start: Similarity): readonly Followed[] {
  const refined = refine(first, second, start, STEPS);
  return refined === undefined ? [] : [{ ...refined, fit: fitOf(first, second, refined.to) }];
}

function byCorrelation(one: { readonly fit: Fit }, other: { readonly fit: Fit }): number {
  return other.fit.correlation - one.fit.correlation;
}

/** Moves the second lesion's centre to the first's, rotated and scaled. */
function starts(one: Capture, other: Capture): readonly Similarity[] {
  const [from, target] = [momentsOf(one.shape.contour), momentsOf(other.shape.contour)];
  const scale = Math.sqrt(target.area / from.area);
  return ANGLES.flatMap((degrees) =>
    SCALES.map((factor) => carrying(similarityOf(degrees, scale * factor), from.centre, target.centre)),
  );
}

/** Translated so that `from` maps to `target`. */
function carrying({ a, b }: Similarity, from: Point, target: Point): Similarity {
  const [u, v] = [from[0] - 0.5, from[1] - 0.5];
  return { a, b, tx: target[0] - 0.5 - (a * u - b * v), ty: target[1] - 0.5 - (b * u + a * v) };
}

/** Additional scaling that keeps `centre` fixed. */
function scaledAbout(to: Similarity, factor: number, centre: Point): Similarity {
  return carrying({ ...to, a: to.a * factor, b: to.b * factor }, centre, transformPoint(to, centre));
}
