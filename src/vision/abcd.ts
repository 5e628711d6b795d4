import type { AbcdFeatures } from '../protocol/view.ts';
import type { Image } from './image.ts';
import { colourSharesOf, LEAST_SHARE } from './lesion-colours.ts';
import type { LesionShape } from './outline.ts';
import {
  areaOf,
  eachEdge,
  feretDiameterOf,
  momentsOf,
  perimeterOf,
  smoothed,
  type Moments,
  type Polygon,
} from './polygon.ts';

/**
 * Measures the ABCD features of a pigmented lesion on the shape of its mask: shown beside the image, not a diagnosis,
 * and never used for the malignancy.
 *
 * @param image the square image of the shape, of any size
 * @param mmPerPixel millimetres of skin per pixel of `image`
 * @returns zeros, and no diameter, if there is no lesion
 * @see W. Stolz et al., "ABCD rule of dermatoscopy: a new practical method for early recognition of malignant
 *   melanoma", European Journal of Dermatology 4 (1994)
 */
export function abcdFeaturesOf(
  image: Image,
  { side, region, contour, share }: LesionShape,
  mmPerPixel?: number,
): AbcdFeatures {
  if (share === 0) return { asymmetry: 0, borderIrregularity: 0, colours: 0, share };
  const shares = Object.values(colourSharesOf(image, region, side));
  return {
    asymmetry: asymmetryOf(contour),
    borderIrregularity: borderIrregularityOf(contour),
    colours: shares.filter((part) => part >= LEAST_SHARE).length,
    share,
    ...(mmPerPixel === undefined ? {} : { diameterMm: feretDiameterOf(contour) * image.width * mmPerPixel }),
  };
}

/**
 * Compactness index P² / (4πA) of the contour, smoothed so that the mask's pixel steps do not count as irregularity: 1
 * for a circle, 4/π for a square, more for ragged or elongated shapes.
 *
 * @see M. E. Celebi et al., "A methodological approach to the classification of dermoscopy images", Computerized
 *   Medical Imaging and Graphics 31 (2007)
 */
export function borderIrregularityOf(contour: Polygon): number {
  const border = smoothed(contour);
  return perimeterOf(border) ** 2 / (4 * Math.PI * areaOf(border));
}

/**
 * Principal moments that differ by less than this fraction of their sum define no axis: the shape is practically round.
 */
const ROUND = 0.02;

/** Number of axis pairs tried for a round shape, over a quarter turn. */
const AXES_OF_ROUND = 30;

/**
 * Number of line pairs across the lesion, at equal distances on either side of the axis, along which the halves are
 * compared.
 */
const PAIRS = 64;

/**
 * The A of the ABCD rule as a ratio of areas: the lesion is folded along each of its two principal axes through its
 * centroid; the unmatched area, as a fraction of the lesion, is averaged over the two folds. 0–1. A shape without
 * distinct principal axes is folded along the perpendicular pair of axes with the lowest asymmetry, as the rule
 * requires.
 *
 * @see W. Stolz et al. (1994), as above; as a ratio of areas: W. V. Stoecker, W. W. Li, R. H. Moss, "Automatic
 *   detection of asymmetry in skin tumors", Computerized Medical Imaging and Graphics 16 (1992)
 */
export function asymmetryOf(contour: Polygon): number {
  const moments = momentsOf(contour);
  const { xx, xy, yy } = moments;
  const isRound = Math.hypot(xx - yy, 2 * xy) < ROUND * (xx + yy);
  const angle = isRound ? bestAxis(contour, moments) : Math.atan2(2 * xy, xx - yy) / 2;
  return unmatched(contour, moments, angle, PAIRS);
}

/** With fewer lines than the final result: it only has to rank the angles. */
function bestAxis(contour: Polygon, moments: Moments): number {
  const angles = Array.from({ length: AXES_OF_ROUND }, (_, i) => (i * Math.PI) / 2 / AXES_OF_ROUND);
  const rests = angles.map((angle) => unmatched(contour, moments, angle, PAIRS / 4));
  return angles[rests.indexOf(Math.min(...rests))] ?? 0;
}

/** Unmatched fraction of the shape, averaged over folding along the axis at `angle` and along the perpendicular one. */
function unmatched(contour: Polygon, { centre }: Moments, angle: number, pairs: number): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const upright: Polygon = contour.map(([x, y]) => {
    const [dx, dy] = [x - centre[0], y - centre[1]];
    return [dx * cos + dy * sin, dy * cos - dx * sin];
  });
  const lines = linesAcross(upright, pairs);
  let [all, along, across] = [0, 0, 0];
  lines.forEach((line, i) => {
    all += overlap(line, line);
    along += overlap(line, lines[lines.length - 1 - i] ?? []);
    across += overlap(line, line.map((x) => -x).reverse());
  });
  return 1 - (along + across) / (2 * all);
}

/** Where 2 × `pairs` lines of constant y, symmetric about 0, enter and leave the shape, in order. */
function linesAcross(polygon: Polygon, pairs: number): number[][] {
  const reach = Math.max(...polygon.map(([, y]) => Math.abs(y)));
  const step = reach / pairs;
  const lines = Array.from({ length: 2 * pairs }, (): number[] => []);
  eachEdge(polygon, ([ax, ay], [bx, by]) => {
    const first = Math.ceil(Math.min(ay, by) / step + pairs - 0.5);
    const beyond = Math.ceil(Math.max(ay, by) / step + pairs - 0.5);
    for (let i = first; i < beyond; i += 1) {
      const y = (i + 0.5 - pairs) * step;
      lines[i]?.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    }
  });
  return lines.map((line) => line.sort((a, b) => a - b));
}

/** Total overlap of two lists of intervals (start, end, start, end, …, ascending). */
function overlap(one: readonly number[], other: readonly number[]): number {
  let length = 0;
  for (let i = 0, k = 0; i + 1 < one.length && k + 1 < other.length;) {
    const [end, otherEnd] = [one[i + 1] ?? 0, other[k + 1] ?? 0];
    length += Math.max(0, Math.min(end, otherEnd) - Math.max(one[i] ?? 0, other[k] ?? 0));
    if (end < otherEnd) i += 2;
    else k += 2;
  }
  return length;
}
