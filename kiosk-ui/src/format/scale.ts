/** Beyond these the pointer stands at the end. */
export const SCALE_ENDS = [0.001, 0.999] as const;

/**
 * The place of a probability on the scale, 0–1: the threshold is in the middle, and each half has its own scale of
 * log-odds. A linear scale would squeeze everything below a threshold of 5 % into its first twentieth.
 *
 * @param probability 0–1
 * @param threshold 0–1
 */
export function scalePlace(probability: number, threshold: number): number {
  const [low, high] = SCALE_ENDS.map(logOdds) as [number, number];
  const middle = Math.min(high - 1e-6, Math.max(low + 1e-6, logOdds(threshold)));
  const at = Math.min(high, Math.max(low, logOdds(probability)));
  return at < middle ? (at - low) / (2 * (middle - low)) : 0.5 + (at - middle) / (2 * (high - middle));
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}
