import { CLASS_IDS, type ClassId, type Probabilities } from '../../protocol/classes.ts';
import type { LesionValues } from '../../protocol/outcome.ts';
import { prevalenceOf, reweighted, type Reweighting } from '../../protocol/prevalence.ts';
import type { LesionReason, WithheldReason } from '../../protocol/reasons.ts';
import type { Observed, Statement } from '../../protocol/view.ts';
import { isMalignant, type Scores } from '../model/calibration.ts';
import type { Card, OperatingPoint } from '../model/card.ts';
import { lesionGate, DEFAULT_GATE, type GateSettings } from '../../vision/gate.ts';
import type { ModelScores } from '../model/model-scores.ts';
import { markedClasses, referencePrevalence, scoresAt } from './prevalence.ts';
import { observedOf } from './reliability.ts';

/** The model's output for an image, regardless of how well the lesion is visible. */
export type ModelAnswer =
  | ({
      readonly outcome: 'result';
      readonly threshold: number;
      readonly statement: Statement;
      readonly observed?: Observed;
      /** The share of malignant lesions for which the scores and the threshold hold; absent if the card states none. */
      readonly prevalence?: number;
      /** Classes much likelier than usual, though not the most probable one; the more severe first. */
      readonly marked?: readonly ClassId[];
    } & Scores)
  | { readonly outcome: 'withheld'; readonly reason: WithheldReason };

export type Verdict =
  | ModelAnswer
  /** The image must be retaken: it shows no lesion, or not well enough, or something obscures it. */
  | { readonly outcome: 'unfit'; readonly reason: LesionReason };

type Limits = Pick<
  Card,
  'operatingPoints' | 'presence' | 'likeness' | 'conformal' | 'reliability' | 'reference'
>;

/**
 * Applies the card's limits and its default operating point to the scores. The first reason to withhold wins: scores
 * that are not finite, no lesion, a lesion problem that a better image fixes, features unlike the training images, too
 * many possible classes. No number is returned together with a reason. Everything is decided at the card's own
 * prevalence, so no stated one changes a decision.
 */
export function decide(reading: ModelScores, card: Limits, gate: GateSettings = DEFAULT_GATE): Verdict {
  const answer = answerOf(reading, card);
  const reason = answer.outcome === 'withheld' ? answer.reason : undefined;
  if (reason === 'not-finite') return answer;
  if (reason === 'not-a-lesion') return { outcome: 'unfit', reason: 'no-lesion' };
  const unfit = lesionGate(reading.lesion, gate);
  return unfit === undefined ? answer : { outcome: 'unfit', reason: unfit };
}

/** The same without checking how well the lesion is visible. */
export function answerOf({ scores, lesion }: ModelScores, card: Limits): ModelAnswer {
  if (scores === undefined) return { outcome: 'withheld', reason: 'not-finite' };
  const reason = withholdReason(lesion, card);
  if (reason !== undefined) return { outcome: 'withheld', reason };
  if (isUnsure(scores.probabilities, card)) return { outcome: 'withheld', reason: 'unsure' };
  const point = defaultOperatingPoint(card);
  const observed = observedOf(scores.malignancy, card);
  const prevalence = referencePrevalence(card);
  const marked = card.reference === undefined ? [] : markedClasses(scores.probabilities, card.reference);
  return {
    outcome: 'result',
    ...scores,
    threshold: point.threshold,
    statement: statementOf(scores.malignancy, point),
    ...(observed === undefined ? {} : { observed }),
    ...(prevalence === undefined ? {} : { prevalence }),
    ...(marked.length === 0 ? {} : { marked }),
  };
}

/**
 * The same result for a clinic with another share of malignant lesions: the odds of the malignancy, of the threshold and
 * of what was observed are multiplied by one factor.
 *
 * @param setting as `prevalenceOf` takes it
 */
export function statedFor(verdict: Verdict, setting: string): Verdict {
  if (verdict.outcome !== 'result') return verdict;
  const to = prevalenceOf(setting, verdict.prevalence);
  if (verdict.prevalence === undefined || to === undefined || to === verdict.prevalence) return verdict;
  const change = { from: verdict.prevalence, to };
  const { observed } = verdict;
  return {
    ...verdict,
    ...scoresAt(verdict, change),
    threshold: reweighted(verdict.threshold, change),
    prevalence: to,
    ...(observed === undefined ? {} : { observed: { ...observed, stated: observedAt(observed, change) } }),
  };
}

function observedAt(
  { lesions, malignant, low, high }: Observed,
  change: Reweighting,
): NonNullable<Observed['stated']> {
  return {
    value: reweighted(malignant / lesions, change),
    low: reweighted(low, change),
    high: reweighted(high, change),
  };
}

/** `at` within the card's bounds, where the model's own uncertainty spans the threshold. */
function statementOf(
  malignancy: number,
  { threshold, atThreshold }: Pick<OperatingPoint, 'threshold' | 'atThreshold'>,
): Statement {
  if (atThreshold !== undefined && malignancy >= atThreshold.low && malignancy <= atThreshold.high)
    return 'at';
  return malignancy >= threshold ? 'above' : 'below';
}

/** Problems of the image itself. A value that is not finite cannot be compared with the card's limit and fails. */
function withholdReason(
  { evidence = NaN, share = NaN, distance = NaN }: LesionValues,
  { presence, likeness }: Limits,
): Exclude<WithheldReason, 'unsure'> | undefined {
  const needed = [
    ...(presence === undefined ? [] : [evidence, share]),
    ...(likeness === undefined ? [] : [distance]),
  ];
  if (!needed.every(Number.isFinite)) return 'not-finite';
  if (presence !== undefined && (evidence < presence.evidence || share < presence.share))
    return 'not-a-lesion';
  if (likeness !== undefined && distance > likeness.limit) return 'unlike-training';
  return undefined;
}

/**
 * Whether the set of possible classes is too uncertain for a result: empty, or large without a malignant class. A set
 * with a malignant class is never withheld: it is a referral.
 *
 * @see M. Sadinle, J. Lei, L. Wasserman, "Least Ambiguous Set-Valued Classifiers With Bounded Error Levels", JASA 114
 *   (2019)
 */
export function isUnsure(probabilities: Probabilities, { conformal }: Pick<Card, 'conformal'>): boolean {
  if (conformal === undefined) return false;
  const possible = CLASS_IDS.filter((id) => probabilities[id] >= conformal.minProbability);
  return possible.length === 0 || (possible.length > conformal.maxSize && !possible.some(isMalignant));
}

/** The card with this of its operating points as the default; unchanged if it has none of the name. */
export function cardInUse<C extends Pick<Card, 'operatingPoints'>>(card: C, name: string): C {
  if (!card.operatingPoints.some((point) => point.name === name)) return card;
  const operatingPoints = card.operatingPoints.map((point) => ({ ...point, default: point.name === name }));
  return { ...card, operatingPoints };
}

/** The card's operating points with their thresholds where `prevalence` of the lesions are malignant. */
export function statedPoints({
  card,
  prevalence,
}: {
  readonly card: Pick<Card, 'operatingPoints' | 'reference'>;
  readonly prevalence?: number;
}): Card['operatingPoints'] {
  const from = referencePrevalence(card);
  if (from === undefined || prevalence === undefined) return card.operatingPoints;
  const change = { from, to: prevalence };
  return card.operatingPoints.map((point) => ({ ...point, threshold: reweighted(point.threshold, change) }));
}

export function defaultOperatingPoint(card: Pick<Card, 'operatingPoints'>): OperatingPoint {
  const point = card.operatingPoints.find((candidate) => candidate.default) ?? card.operatingPoints[0];
  if (point === undefined) throw new Error('a card has at least one operating point');
  return point;
}
