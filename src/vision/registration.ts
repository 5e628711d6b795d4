import { fitOf, refine, type Fit, type Refined, type Weighted } from './alignment.ts';
import { marksOf, type Capture, type Marks } from './marks.ts';
import { momentsOf, type Point } from './polygon.ts';
import { transformPoint, similarityOf, type Similarity } from './similarity.ts';

/** Where the places of the first centre square lie in the second, and how well that holds. */
export interface Registration {
  readonly to: Similarity;
  /** How well the marks lie on each other, those close to either border left out. */
  readonly fit: Fit;
  /** Standard error of the natural logarithm of the scale. */
  readonly scaleError: number;
}

/** What is tried: every ten degrees, and three scales about the one at which both lesions are as large. */
const ANGLES = Array.from({ length: 36 }, (_, i) => 10 * i);
const SCALES = [0.85, 1, 1.18];
/** How many of them are followed up, and how many of those as far as the marks. */
const FOLLOWED = 6;
const FURTHER = 2;
/** A border that has grown pulls the first scale by so much: what is tried again without it. */
const PULLED = [0.92, 1, 1.09];
const STEPS = 12;

/**
 * Pixels that err together: the residual of neighbours is alike, so that fewer of them are independent than there are. From the errors
 * measured by bench/registration.mjs.
 */
const ALIKE = 9;

/**
 * Registers two captures of one lesion: rotation, scale and shift. The masks say where to start, and the lesion as a whole which way round it lies; what
 * is told comes from the marks alone (structure inside, hair and skin outside, whatever the light) with both borders left out, so that a lesion that has
 * grown is not scaled back to its old size.
 *
 * @returns `undefined` where one of them shows no lesion, or nothing fits at all
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

/** Which way round, by all there is to see, borders too. */
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

/** The second lesion's centre on the first's, turned and scaled. */
function starts(one: Capture, other: Capture): readonly Similarity[] {
  const [from, target] = [momentsOf(one.shape.contour), momentsOf(other.shape.contour)];
  const scale = Math.sqrt(target.area / from.area);
  return ANGLES.flatMap((degrees) =>
    SCALES.map((factor) => carrying(similarityOf(degrees, scale * factor), from.centre, target.centre)),
  );
}

/** Moved so that `from` comes to lie on `target`. */
function carrying({ a, b }: Similarity, from: Point, target: Point): Similarity {
  const [u, v] = [from[0] - 0.5, from[1] - 0.5];
  return { a, b, tx: target[0] - 0.5 - (a * u - b * v), ty: target[1] - 0.5 - (b * u + a * v) };
}

/** Scaled further, where `centre` lies staying what it is. */
function scaledAbout(to: Similarity, factor: number, centre: Point): Similarity {
  return carrying({ ...to, a: to.a * factor, b: to.b * factor }, centre, transformPoint(to, centre));
}
