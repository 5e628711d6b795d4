import type { LesionValues } from '../../protocol/http.ts';
import { scoresOf, type Scores } from './calibration.ts';
import type { Card } from './card.ts';
import { distanceFrom, type Likeness } from './ood.ts';
import type { Outputs } from './outputs.ts';
import { lesionIn } from './lesion-evidence.ts';

/** What the network gave for one picture, in numbers that a card has limits for. */
export interface Reading {
  /** Absent when one of the numbers is not finite. */
  readonly scores?: Scores;
  /** Only finite values. */
  readonly lesion: LesionValues;
}

/**
 * @param outputs of one picture
 * @param likeness what the features are held against, where the bundle brings it
 */
export function readingOf(
  { logits, features, mask }: Outputs,
  card: Pick<Card, 'calibration'>,
  likeness: Likeness | undefined,
): Reading {
  const scores = scoresOf(logits, card);
  const lesion = {
    ...(mask === undefined ? {} : lesionIn(mask)),
    ...(features === undefined || likeness === undefined
      ? {}
      : { distance: distanceFrom(likeness, features) }),
  };
  const finite = Object.entries(lesion).filter(([, value]) => Number.isFinite(value));
  return { ...(scores === undefined ? {} : { scores }), lesion: Object.fromEntries(finite) };
}
