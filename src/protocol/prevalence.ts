/**
 * The share of malignant and pre-malignant lesions among those that a clinic captures. It is the prior of every
 * probability on the screen; the evidence in the image, the likelihood ratio, does not depend on it.
 */

/** Shares by kind of clinic, each with where it was reported. */
export const PREVALENCE_PRESETS = {
  /**
   * Lesions suspected by the patient or the general practitioner: ten benign for each malignant one.
   *
   * @see C. J. L. Koelink et al., BMC Family Practice 15:29 (2014), doi 10.1186/1471-2296-15-29
   */
  'primary-care': 0.09,
  /**
   * Urgent referrals to a dermatology department: 13.2 % of 83 patients.
   *
   * @see A. Haile-Redai, J. O'Connor, J. Dermatol. Res. Ther. 7:111 (2021), doi 10.23937/2469-5750/1510111
   */
  dermatology: 0.13,
  /**
   * Tumours that dermatologists chose to biopsy: 41.7 % of 11,072.
   *
   * @see A. R. Green et al., Dermatologic Surgery 30:1208 (2004)
   */
  'tumour-clinic': 0.42,
} as const;

export type PrevalencePreset = keyof typeof PREVALENCE_PRESETS;

/** The share in the images that the model's own figures are of, from its card. */
export const CARD_PREVALENCE = 'card';

/** `card`, a preset, or a share with at most three decimals, 0.001–0.999. */
export const PREVALENCE_PATTERN = `^(?:${CARD_PREVALENCE}|${Object.keys(PREVALENCE_PRESETS).join('|')}|0[.](?:[1-9][0-9]{0,2}|0[1-9][0-9]?|00[1-9]))$`;

/** The shares that can be chosen on the screen besides the card's and the presets. */
export const PREVALENCE_STEPS = ['0.02', '0.05', '0.1', '0.2', '0.3', '0.5'] as const;

/**
 * @param stated the setting, as `PREVALENCE_PATTERN` allows it
 * @param reference of the model's card; without one no other share can be stated
 * @returns 0–1
 */
export function prevalenceOf(stated: string, reference: number | undefined): number | undefined {
  if (reference === undefined || stated === CARD_PREVALENCE) return reference;
  return Object.hasOwn(PREVALENCE_PRESETS, stated)
    ? PREVALENCE_PRESETS[stated as PrevalencePreset]
    : Number(stated);
}

/** Two shares of malignant lesions, 0–1 without the ends. */
export interface Reweighting {
  /** In which the probability holds. */
  readonly from: number;
  /** For which it is stated. */
  readonly to: number;
}

/**
 * A probability of malignancy at another share of malignant lesions: its odds are multiplied by one factor, so the order
 * of two probabilities never changes. 0 and 1 stay.
 *
 * @param probability 0–1
 */
export function reweighted(probability: number, { from, to }: Reweighting): number {
  // What is stated for its own share must not move in the last digit.
  if (from === to) return probability;
  const malignant = (probability * to) / from;
  const benign = ((1 - probability) * (1 - to)) / (1 - from);
  return malignant / (malignant + benign);
}
