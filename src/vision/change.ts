import type { Change, ChangeRefusal, LesionChange } from '../protocol/lesion.ts';
import type { Capture } from './marks.ts';
import { lesionShapeOf } from './outline.ts';
import { areaOf, feretDiameterOf, momentsOf, type Polygon } from './polygon.ts';
import { commonShare } from './polygon-overlap.ts';
import { register, type Registration } from './registration.ts';
import { inverse, transformPoint, scaleOf, type Similarity } from './similarity.ts';

/** One capture of a lesion, for comparison with another. */
export interface ComparedImage extends Omit<Capture, 'shape'> {
  /** `side * side` lesion probabilities on the centre square, 0–1, rows from the top. */
  readonly mask: Float32Array;
  readonly side: number;
  /** Millimetres of skin per pixel of the image, if the optics were calibrated. */
  readonly mmPerPixel?: number | undefined;
}

export interface CaptureComparison {
  /** Absent if the captures could not be registered. */
  readonly registration?: Registration;
  readonly change?: LesionChange;
  /** Present where `change` is not. */
  readonly refused?: ChangeRefusal;
}

/** Below these the captures are not considered to be of the same lesion; docs/change.md explains the choice. */
const LEAST_CORRELATION = 0.55;
const LEAST_SHARE = 0.075;
/**
 * Calibration and landmarks may differ by this much in the logarithm of the scale: pressure of the lens, and the
 * registration error.
 */
const MOST_DISAGREEMENT = 0.08;
/** An interval of the area's logarithm wider than this on either side can distinguish neither growth nor stability. */
const MOST_MARGIN = 0.4;

/** Threshold levels of the mask: the border, and one on either side of it. */
const LEVELS = [0.3, 0.5, 0.7] as const;

/**
 * Variation of one lesion's mask between captures without change, relative to the softness of its border (see
 * `softnessOf`): standard deviation of the logarithm of its area and of its diameter, and the 95th percentile of the
 * shape difference. Measured by bench/registration.mjs.
 */
const MASK_ERROR = { area: 0.5, diameter: 0.3, shape: 0.6 } as const;
/**
 * Additional error of the scale, independent of the residual: a growing border and a pressing lens move landmarks
 * along. Standard deviation of its logarithm.
 */
const SCALE_ERROR = 0.01;

/** Standard deviations on either side that contain 95 % of a normal distribution. */
const TWO_SIDED = 1.96;

type Pairs = readonly (readonly [Polygon, Polygon])[];

/** The change of a lesion between two captures, or why it cannot be measured. Nothing of the captures is retained. */
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
  // If calibration and landmarks disagree, neither is known better than their difference.
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

/**
 * How much larger the lesion is at the lowest level than at the highest: logarithm of the area ratio, averaged over
 * both captures.
 */
function softnessOf(pairs: Pairs): number {
  const [low, high] = [pairs[0], pairs[LEVELS.length - 1]];
  if (low === undefined || high === undefined) return Infinity;
  return Math.log((areaOf(low[0]) * areaOf(low[1])) / (areaOf(high[0]) * areaOf(high[1]))) / 2;
}

/** Converts from logarithms. */
function grown(log: number, margin: number): Change {
  const percent = (value: number): number => 100 * Math.expm1(value);
  return { percent: percent(log), low: percent(log - margin), high: percent(log + margin) };
}

/** Half width of the 95 % interval: combines the errors of border, scale and mask. */
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

/** The second polygon rotated back, at the size and centre of the first. */
function laidOn(first: Polygon, second: Polygon, to: Similarity): Polygon {
  const back = second.map((point) => transformPoint(inverse(to), point));
  const [own, target] = [momentsOf(back), momentsOf(first)];
  const factor = Math.sqrt(target.area / own.area);
  return back.map(([x, y]) => [
    target.centre[0] + factor * (x - own.centre[0]),
    target.centre[1] + factor * (y - own.centre[1]),
  ]);
}

/** Logarithm of the relative scale of the second capture, from the millimetres of both. */
function calibratedScale(one: ComparedImage, other: ComparedImage): number | undefined {
  if (one.mmPerPixel === undefined || other.mmPerPixel === undefined) return undefined;
  const widthOf = ({ image, mmPerPixel = 0 }: ComparedImage): number =>
    Math.min(image.width, image.height) * mmPerPixel;
  return Math.log(widthOf(one) / widthOf(other));
}

function contourOf({ mask, side }: ComparedImage, level: number): Polygon {
  return lesionShapeOf(mask, side, level).contour;
}
