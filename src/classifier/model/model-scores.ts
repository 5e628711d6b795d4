import type { LesionValues } from '../../protocol/outcome.ts';
import { scoresOf, type Scores } from './calibration.ts';
import type { Card } from './card.ts';
import { mahalanobis2, type OodModel } from './ood.ts';
import type { Outputs } from './outputs.ts';
import { lesionEvidenceOf } from './lesion-evidence.ts';

/** The network's output for one image, as values for which a card has limits. */
export interface ModelScores {
  /** Absent if one of the values is not finite. */
  readonly scores?: Scores;
  /** Only finite values. */
  readonly lesion: LesionValues;
}

/**
 * @param outputs of one image
 * @param ood compares the features with the training images, if the bundle has it
 */
export function modelScoresOf(
  { logits, features, mask }: Outputs,
  card: Pick<Card, 'calibration'>,
  ood: OodModel | undefined,
): ModelScores {
  const scores = scoresOf(logits, card);
  const lesion = {
    ...(mask === undefined ? {} : lesionEvidenceOf(mask)),
    ...(features === undefined || ood === undefined ? {} : { distance: mahalanobis2(ood, features) }),
  };
  const finite = Object.entries(lesion).filter(([, value]) => Number.isFinite(value));
  return { ...(scores === undefined ? {} : { scores }), lesion: Object.fromEntries(finite) };
}
