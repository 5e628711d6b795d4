/** Whether there is a lesion in an image, by its mask; both 0–1, NaN if a value of the mask is not finite. */
export interface LesionEvidence {
  /** Mean of the largest `TOP` of the mask's values: the network's confidence where it is highest. */
  readonly evidence: number;
  /** Fraction of the mask's values of at least one half: how much of the square is lesion. */
  readonly share: number;
}

/**
 * A fiftieth of the square is a spot of a seventh of its side: smaller lesions are rare, and single points are noise.
 */
const TOP = 0.02;

/** @param mask probabilities of lesion, of any length from 1 */
export function lesionEvidenceOf(mask: Float32Array): LesionEvidence {
  if (!mask.every(Number.isFinite)) return { evidence: NaN, share: NaN };
  const count = Math.max(1, Math.round(mask.length * TOP));
  const top = Float32Array.from(mask).sort().subarray(-count);
  return {
    evidence: top.reduce((sum, value) => sum + value, 0) / count,
    share: mask.reduce((sum, value) => sum + (value >= 0.5 ? 1 : 0), 0) / mask.length,
  };
}
