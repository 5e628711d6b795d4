import { wilsonInterval } from '../../lib/wilson.ts';
import type { Observed } from '../../protocol/view.ts';
import type { Card } from '../model/card.ts';

/**
 * The observed malignant fraction of the test lesions with the nearest malignancy scores (0–1), with its 95 % interval:
 * how far the score can be relied on. Undefined if the card has no such data.
 *
 * @see A. Niculescu-Mizil, R. Caruana, "Predicting good probabilities with supervised learning", ICML (2005), for
 *   reliability diagrams
 */
export function observedOf(
  malignancy: number,
  { reliability }: Pick<Card, 'reliability'>,
): Observed | undefined {
  if (reliability === undefined) return undefined;
  const away = reliability.malignancy.map((middle) => Math.abs(middle - malignancy));
  const nearest = away.indexOf(Math.min(...away));
  const [lesions, malignant] = [reliability.lesions[nearest], reliability.malignant[nearest]];
  if (lesions === undefined || malignant === undefined) return undefined;
  return { lesions, malignant, ...wilsonInterval(malignant, lesions) };
}
