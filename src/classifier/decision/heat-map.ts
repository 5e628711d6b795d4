import { isReferral, type HeatView, type Statement } from '../../protocol/view.ts';

/** Values are sent with 8 bits: a screen shows no more steps. */
const STEPS = 255;

/**
 * What spoke for the statement, by position: the first-order contribution of each cell of the class activation map to
 * the log-odds of malignancy, negated for "below"; negative contributions are cut to 0, the rest is scaled by the
 * maximum. It shows where the network looked and is not evidence of anything.
 *
 * @param map side × side × 7, row by row; the logits are its spatial mean plus a bias
 * @param slopes of the log-odds along each logit (`slopesOf`)
 * @returns `undefined` if no cell spoke for the statement, or a value is not finite
 * @see B. Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016 (class activation map)
 */
export function heatOf(
  map: Float32Array,
  slopes: readonly number[],
  statement: Statement,
): HeatView | undefined {
  const weights = slopes.map((slope) => (isReferral(statement) ? slope : -slope));
  const places = Array.from({ length: map.length / weights.length }, (_, place) =>
    weights.reduce((sum, weight, c) => sum + weight * (map[place * weights.length + c] ?? NaN), 0),
  );
  const top = Math.max(...places);
  if (!(top > 0 && Number.isFinite(top))) return undefined;
  const values = places.map((value) => Math.round((Math.max(0, value) / top) * STEPS));
  return { side: Math.sqrt(places.length), values };
}
