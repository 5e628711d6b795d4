import {
  CLASS_IDS,
  LESION_CLASSES,
  MALIGNANT_CLASSES,
  type ClassId,
  type Probabilities,
} from '../../protocol/classes.ts';
import { reweighted, type Reweighting } from '../../protocol/prevalence.ts';
import { byClass, isMalignant, type Scores } from '../model/calibration.ts';
import type { Card } from '../model/card.ts';

type Reference = NonNullable<Card['reference']>;

/**
 * From this likelihood ratio on a class is marked: it changes what is probable by a factor of ten, which is called large
 * and often conclusive evidence.
 *
 * @see R. Jaeschke, G. H. Guyatt, D. L. Sackett, "Users' guides to the medical literature III", JAMA 271 (1994)
 */
export const MARKED_RATIO = 10;

/** The share of malignant lesions in a card's reference frequencies, 0–1; `undefined` if the card states none. */
export function referencePrevalence({ reference }: Pick<Card, 'reference'>): number | undefined {
  if (reference === undefined) return undefined;
  const sumOf = (ids: readonly ClassId[]): number =>
    ids.reduce((sum, id) => sum + (reference.classShares[CLASS_IDS.indexOf(id)] ?? 0), 0);
  return sumOf(MALIGNANT_CLASSES) / sumOf(CLASS_IDS);
}

/** Both scores at another share of malignant lesions; the proportions within the malignant and the benign classes stay. */
export function scoresAt({ probabilities, malignancy }: Scores, change: Reweighting): Scores {
  const stated = reweighted(malignancy, change);
  const factors = { malignant: ratio(stated, malignancy), benign: ratio(1 - stated, 1 - malignancy) };
  return {
    probabilities: byClass(
      (id) => probabilities[id] * (isMalignant(id) ? factors.malignant : factors.benign),
    ),
    malignancy: stated,
  };
}

/** A side without any probability keeps none. */
function ratio(after: number, before: number): number {
  return before === 0 ? 0 : after / before;
}

/**
 * The probabilities if all seven classes were equally frequent: what the image alone says.
 *
 * @param probabilities at the card's reference frequencies
 */
export function equalPrevalence(probabilities: Probabilities, { classShares }: Reference): Probabilities {
  const weights = CLASS_IDS.map((id, i) => probabilities[id] / (classShares[i] ?? NaN));
  const sum = weights.reduce((a, b) => a + b, 0);
  return byClass((_, i) => (weights[i] ?? 0) / sum);
}

/**
 * Classes that the image makes at least ten times likelier than they usually are, and that are not the most probable one;
 * the more severe first. The ratio is that of the odds at the card's frequencies, so no stated prevalence changes it.
 *
 * @param probabilities at the card's reference frequencies
 */
export function markedClasses(probabilities: Probabilities, { classShares }: Reference): readonly ClassId[] {
  const most = Math.max(...CLASS_IDS.map((id) => probabilities[id]));
  return CLASS_IDS.filter((id, i) => {
    const share = classShares[i] ?? NaN;
    return probabilities[id] < most && odds(probabilities[id]) >= MARKED_RATIO * odds(share);
  }).sort((a, b) => LESION_CLASSES[b].severity - LESION_CLASSES[a].severity);
}

function odds(probability: number): number {
  return probability / (1 - probability);
}
