import type { HeatView } from '../../protocol/view.ts';

/** Values are sent in 8 bit: a screen shows no more steps. */
const STEPS = 255;

/**
 * What spoke for the statement, place by place: the first-order contribution of each place of the class activation map to the log-odds of
 * malignancy, turned round for "below"; what spoke against is cut to 0, the rest scaled by the largest. It says where the network looked, and
 * is no evidence of anything.
 *
 * @param map side × side × 7, row by row; the logits are its mean over the places plus a bias
 * @param slopes of the log-odds along each logit (`slopesOf`)
 * @returns `undefined` where no place spoke for the statement, or a value is not finite
 * @see B. Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016 (class activation map)
 */
export function heatOf(
  map: Float32Array,
  slopes: readonly number[],
  statement: 'above' | 'below',
): HeatView | undefined {
  const weights = slopes.map((slope) => (statement === 'above' ? slope : -slope));
  const places = Array.from({ length: map.length / weights.length }, (_, place) =>
    weights.reduce((sum, weight, c) => sum + weight * (map[place * weights.length + c] ?? NaN), 0),
  );
  const top = Math.max(...places);
  if (!(top > 0 && Number.isFinite(top))) return undefined;
  const values = places.map((value) => Math.round((Math.max(0, value) / top) * STEPS));
  return { side: Math.sqrt(places.length), values };
}
