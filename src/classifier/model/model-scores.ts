import type { LesionValues } from '../../protocol/http.ts';
import { scoresOf, type Scores } from './calibration.ts';
import type { Card } from './card.ts';
import { mahalanobis2, type OodModel } from './ood.ts';
import type { Outputs } from './outputs.ts';
import { lesionEvidenceOf } from './lesion-evidence.ts';

/** What the network gave for one picture, in numbers that a card has limits for. */
export interface ModelScores {
  /** Absent when one of the numbers is not finite. */
  readonly scores?: Scores;
  /** Only finite values. */
  readonly lesion: LesionValues;
}

/**
 * @param outputs of one picture
 * @param ood what the features are held against, where the bundle brings it
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
