import type { Change, ChangeRefusal, LesionChange } from '../protocol/lesion.ts';
import type { Capture } from './marks.ts';
import { lesionShapeOf } from './outline.ts';
import { areaOf, feretDiameterOf, momentsOf, type Polygon } from './polygon.ts';
import { commonShare } from './polygon-overlap.ts';
import { register, type Registration } from './registration.ts';
import { inverse, transformPoint, scaleOf, type Similarity } from './similarity.ts';

/** One capture of a lesion, as it is compared with another. */
export interface ComparedImage extends Omit<Capture, 'shape'> {
  /** `side * side` probabilities of lesion on the centre square, 0–1, rows from the top. */
  readonly mask: Float32Array;
  readonly side: number;
  /** Millimetres of skin per pixel of the image, where the optics were calibrated. */
  readonly mmPerPixel?: number | undefined;
}

export interface CaptureComparison {
  /** Absent where nothing could be laid on each other. */
  readonly registration?: Registration;
  readonly change?: LesionChange;
  /** Present where `change` is not. */
  readonly refused?: ChangeRefusal;
}

/** Below these the captures are not of one lesion; see docs/change.md for how they were chosen. */
const LEAST_CORRELATION = 0.55;
const LEAST_SHARE = 0.075;
/** Optics and marks may differ by so much in the logarithm of the scale: pressure of the lens, and the registration's own error. */
const MOST_DISAGREEMENT = 0.08;
/** An interval of the area's logarithm wider than this to either side says neither "grown" nor "the same". */
const MOST_MARGIN = 0.4;

/** Where the mask is cut: the border it is meant for, and one to either side of it. */
const LEVELS = [0.3, 0.5, 0.7] as const;

/**
 * What the mask of one lesion differs by from capture to capture, though nothing changed, as a share of how soft its border is (see `softnessOf`): standard
 * deviation of the logarithm of its area and of its diameter, and the shape's share that 95 % stay below. Measured by bench/registration.mjs.
 */
const MASK_ERROR = { area: 0.5, diameter: 0.3, shape: 0.6 } as const;
/** What the scale is wrong by whatever the residual says: a growing border and a pressing lens take marks along. Standard deviation of its logarithm. */
const SCALE_ERROR = 0.01;

/** Standard deviations to either side that hold 95 % of what is normally distributed. */
const TWO_SIDED = 1.96;

type Pairs = readonly (readonly [Polygon, Polygon])[];

/** How a lesion has changed from one capture to another, or why that cannot be told. Nothing of the captures is kept. */
export function compare(one: ComparedImage, other: ComparedImage): CaptureComparison {
  const [first, second] = [captureOf(one), captureOf(other)];
  if (first.shape.share === 0 || second.shape.share === 0) return { refused: 'no-lesion' };
  const registration = register(first, second);
  if (registration === undefined) return { refused: 'not-registered' };
  const refused = isCut(first) || isCut(second) ? 'cut' : refusalOf(registration);
  if (refused !== undefined) return { registration, refused };
  const found = changeOf(one, other, registration);
  return typeof found === 'string' ? { registration, refused: found } : { registration, change: found };
}

function captureOf({ image, mask, side }: ComparedImage): Capture {
  return { image, shape: lesionShapeOf(mask, side) };
}

function isCut({ shape }: Capture): boolean {
  return shape.contour.some(([x, y]) => Math.min(x, y) <= 0 || Math.max(x, y) >= 1);
}

function refusalOf({ fit }: Registration): ChangeRefusal | undefined {
  return fit.correlation >= LEAST_CORRELATION && fit.share >= LEAST_SHARE ? undefined : 'not-registered';
}

function changeOf(
  one: ComparedImage,
  other: ComparedImage,
  { to, scaleError }: Registration,
): LesionChange | ChangeRefusal {
  const seen = Math.log(scaleOf(to));
  const known = calibratedScale(one, other);
  if (known !== undefined && Math.abs(seen - known) > MOST_DISAGREEMENT) return 'scales-disagree';
  const scale = known ?? seen;
  // Where the optics say one thing and the marks another, neither is known better than they agree.
  const error = Math.hypot(SCALE_ERROR, known === undefined ? scaleError : (seen - known) / 2);
  const pairs = LEVELS.map((level) => [contourOf(one, level), contourOf(other, level)] as const);
  const softness = softnessOf(pairs);
  const ratios = (measure: (polygon: Polygon) => number): number[] =>
    pairs.map(([a, b]) => Math.log(measure(b) / measure(a)));
  const areas = ratios(areaOf);
  const margin = marginOf(areas, 2 * error, MASK_ERROR.area * softness);
  if (!(margin <= MOST_MARGIN)) return 'too-uncertain';
  const diameters = ratios(feretDiameterOf);
  return {
    area: grown((areas[1] ?? 0) - 2 * scale, margin),
    diameter: grown((diameters[1] ?? 0) - scale, marginOf(diameters, error, MASK_ERROR.diameter * softness)),
    shape: reshaped(pairs, to, MASK_ERROR.shape * softness),
    scaleBy: known === undefined ? 'registration' : 'calibration',
  };
}

/** How much larger the lesion is at the lowest level than at the highest: logarithm of the areas' ratio, the mean of both captures. */
function softnessOf(pairs: Pairs): number {
  const [low, high] = [pairs[0], pairs[LEVELS.length - 1]];
  if (low === undefined || high === undefined) return Infinity;
  return Math.log((areaOf(low[0]) * areaOf(low[1])) / (areaOf(high[0]) * areaOf(high[1]))) / 2;
}

/** From logarithms. */
function grown(log: number, margin: number): Change {
  const percent = (value: number): number => 100 * Math.expm1(value);
  return { percent: percent(log), low: percent(log - margin), high: percent(log + margin) };
}

/** Half the 95 % interval: the border's, the scale's and the mask's own part, each by itself. */
function marginOf(atLevels: readonly number[], scaleError: number, maskError: number): number {
  const border = (Math.max(...atLevels) - Math.min(...atLevels)) / 2;
  return Math.hypot(border, TWO_SIDED * scaleError, TWO_SIDED * maskError);
}

function reshaped(pairs: Pairs, to: Similarity, maskError: number): Change {
  const shares = pairs.map(([a, b]) => 1 - commonShare(a, laidOn(a, b, to)));
  const border = (Math.max(...shares) - Math.min(...shares)) / 2;
  const [share, margin] = [shares[1] ?? 1, Math.hypot(border, maskError)];
  return {
    percent: 100 * share,
    low: 100 * Math.max(0, share - margin),
    high: 100 * Math.min(1, share + margin),
  };
}

/** The second polygon turned back, at the size and on the centre of the first. */
function laidOn(first: Polygon, second: Polygon, to: Similarity): Polygon {
  const back = second.map((point) => transformPoint(inverse(to), point));
  const [own, target] = [momentsOf(back), momentsOf(first)];
  const factor = Math.sqrt(target.area / own.area);
  return back.map(([x, y]) => [
    target.centre[0] + factor * (x - own.centre[0]),
    target.centre[1] + factor * (y - own.centre[1]),
  ]);
}

/** Logarithm of how much larger the second shows things, from the millimetres of both. */
function calibratedScale(one: ComparedImage, other: ComparedImage): number | undefined {
  if (one.mmPerPixel === undefined || other.mmPerPixel === undefined) return undefined;
  const widthOf = ({ image, mmPerPixel = 0 }: ComparedImage): number =>
    Math.min(image.width, image.height) * mmPerPixel;
  return Math.log(widthOf(one) / widthOf(other));
}

function contourOf({ mask, side }: ComparedImage, level: number): Polygon {
  return lesionShapeOf(mask, side, level).contour;
}
