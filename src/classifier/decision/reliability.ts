import { wilsonInterval } from '../../lib/wilson.ts';
import { sideOf } from '../../protocol/observed.ts';
import type { Observed } from '../../protocol/view.ts';
import type { Card } from '../model/card.ts';

/**
 * The observed malignant fraction of the test lesions with the nearest malignancy scores (0–1), with its 95 % interval:
 * how far the score can be relied on. A score between two groups that lies outside the interval of the nearer one, as
 * both are shown, is compared with the other. The fraction never falls while the score rises. Undefined if the card has
 * no such data.
 *
 * @see A. Niculescu-Mizil, R. Caruana, "Predicting good probabilities with supervised learning", ICML (2005), for
 *   reliability diagrams
 */
export function observedOf(
  malignancy: number,
  { reliability }: Pick<Card, 'reliability'>,
): Observed | undefined {
  if (reliability === undefined) return undefined;
  const groups = groupsOf(reliability);
  const away = reliability.malignancy.map((middle) => Math.abs(middle - malignancy));
  const nearest = away.indexOf(Math.min(...away));
  const [below, own, above] = [groups[nearest - 1], groups[nearest], groups[nearest + 1]];
  if (own === undefined) return undefined;
  const side = sideOf(malignancy, own);
  if (side === 'above' && above !== undefined && sideOf(malignancy, above) !== 'below') return above;
  if (side === 'below' && below !== undefined && sideOf(malignancy, below) !== 'above') return below;
  return own;
}

function groupsOf(reliability: NonNullable<Card['reliability']>): readonly Observed[] {
  const counts = risingCounts(reliability);
  return reliability.lesions.map((lesions, i) => {
    const malignant = counts[i] ?? NaN;
    return { lesions, malignant, ...wilsonInterval(malignant, lesions) };
  });
}

/**
 * The malignant lesions of each group, in whole lesions, after isotonic regression: chance makes a group's fraction
 * smaller than that of a lower score, and a reader would take it for a fact.
 *
 * @see M. Ayer et al., "An empirical distribution function for sampling with incomplete information", Ann. Math. Stat.
 *   26 (1955), for pooling adjacent violators
 */
function risingCounts({ lesions, malignant }: NonNullable<Card['reliability']>): readonly number[] {
  const pools: { malignant: number; lesions: number; groups: number }[] = [];
  lesions.forEach((count, i) => {
    let pool = { malignant: malignant[i] ?? NaN, lesions: count, groups: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && fraction(last) > fraction(pool);
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = {
        malignant: last.malignant + pool.malignant,
        lesions: last.lesions + pool.lesions,
        groups: last.groups + pool.groups,
      };
    }
    pools.push(pool);
  });
  const fractions = pools.flatMap((pool) => Array.from({ length: pool.groups }, () => fraction(pool)));
  let least = 0;
  return lesions.map((count, i) => {
    // Whole lesions of groups of different size could fall again.
    const rounded = Math.round((fractions[i] ?? NaN) * count);
    const whole = Math.min(count, Math.max(rounded, Math.ceil(least * count - 1e-9)));
    least = whole / count;
    return whole;
  });
}

function fraction({ malignant, lesions }: { readonly malignant: number; readonly lesions: number }): number {
  return malignant / lesions;
}
