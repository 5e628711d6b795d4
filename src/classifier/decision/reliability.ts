import { wilsonInterval } from '../../lib/wilson.ts';
import type { Observed } from '../../protocol/view.ts';
import type { Card } from '../model/card.ts';

/**
 * What became of the tested lesions whose malignancy is nearest to this one (0–1), with the 95 % interval of the share that was malignant:
 * how far the number may be relied on. Undefined where the card says nothing of it.
 *
 * @see A. Niculescu-Mizil, R. Caruana, "Predicting good probabilities with supervised learning", ICML (2005), for reliability diagrams
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
