import { CLASS_IDS } from '../../protocol/classes.ts';
import type { CardRule } from '../../protocol/http.ts';
import type { Card } from './card.ts';

/** How the card turns the network's outputs into a result, and when it withholds it, in order of execution. */
export function cardSummary({
  input,
  views = 1,
  calibration: { temperature, classBias, malignancy, differential },
  presence,
  likeness,
  conformal,
  reliability,
}: Card): readonly CardRule[] {
  const { version, areaSide } = input.preprocessing;
  return present([
    ['Input', `${input.size} × ${input.size} pixels of the centre square`],
    ['Preprocessing', `version ${version}, by area to ${areaSide} pixels`],
    ['Views averaged', `${views}`],
    ['Temperature', `${temperature}`],
    ['Class bias', classBias && biasText(classBias)],
    ['Malignancy', malignancy && `slope ${malignancy.slope}, intercept ${malignancy.intercept}`],
    ['Differential bias', differential && biasText(differential.classBias)],
    ['No lesion', presence && `evidence below ${presence.evidence} or share below ${presence.share}`],
    ['Unlike training', likeness && `distance above ${likeness.limit} (${likeness.components} components)`],
    [
      'Unsure',
      conformal &&
        `no class, or more than ${conformal.maxSize} and all benign, at ${conformal.minProbability} or above (coverage ${conformal.coverage})`,
    ],
    [
      'Uncertainty',
      reliability &&
        `malignant share of the ${Math.min(...reliability.lesions)} to ${Math.max(...reliability.lesions)} nearest test lesions, 95 % CI (Wilson)`,
    ],
  ]);
}

function biasText(classBias: readonly number[]): string {
  return CLASS_IDS.map((id, i) => `${id} ${classBias[i] ?? 0}`).join(', ');
}

/** The distribution of the scores on a reference set. */
export function driftSummary({ drift }: Card): readonly CardRule[] {
  return present([
    ['Deciles of malignancy', drift && `${drift.malignancyDeciles.join(', ')} (${drift.on})`],
    ['Withheld in the reference set', drift?.withheld === undefined ? undefined : `${drift.withheld}`],
    [
      'Rejected by the quality gate in the reference set',
      drift?.gate === undefined ? undefined : `${drift.gate}`,
    ],
  ]);
}

function present(rules: readonly [name: string, value: string | undefined][]): readonly CardRule[] {
  return rules.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
