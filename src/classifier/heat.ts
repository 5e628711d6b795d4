import { CLASS_IDS } from '../protocol/classes.ts';
import type { HeatView } from '../protocol/view.ts';
import { isMalignant, type Scores } from './calibration.ts';

/** Values are sent in 8 bit: a screen shows no more steps. */
const STEPS = 255;

/**
 * What spoke for the statement, place by place: the first-order contribution of each place of the class activation map to the log-odds of
 * malignancy, turned round for "below"; what spoke against is cut to 0, the rest scaled by the largest. It says where the network looked, and
 * is no evidence of anything.
 *
 * @param map side × side × 7, row by row; the logits are its mean over the places plus a bias
 * @returns `undefined` where no place spoke for the statement, or a value is not finite
 * @see B. Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016 (class activation map)
 */
export function heatOf(
  map: Float32Array,
  { probabilities, malignancy }: Scores,
  statement: 'above' | 'below',
): HeatView | undefined {
  const sign = statement === 'above' ? 1 : -1;
  // d log(s / (1 − s)) / d logit of a class: its share of its own side, positive for the malignant.
  const weights = CLASS_IDS.map((id) => {
    const side = isMalignant(id) ? malignancy : malignancy - 1;
    return side === 0 ? 0 : (sign * probabilities[id]) / side;
  });
  const places = Array.from({ length: map.length / weights.length }, (_, place) =>
    weights.reduce((sum, weight, c) => sum + weight * (map[place * weights.length + c] ?? NaN), 0),
  );
  const top = Math.max(...places);
  if (!(top > 0 && Number.isFinite(top))) return undefined;
  const values = places.map((value) => Math.round((Math.max(0, value) / top) * STEPS));
  return { side: Math.sqrt(places.length), values };
}
