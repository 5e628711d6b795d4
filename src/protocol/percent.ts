/**
 * Probabilities as percentages. Two rules: nothing is ever certain (no "0 %", no "100 %"), and a displayed number never
 * contradicts the statement beside it.
 */

/** A no-break space keeps number and sign together. */
const SIGN = '\u00a0%';

/** Within this distance of the threshold whole per cent are too coarse to distinguish the two. */
const CLOSE = 0.01;

/** More than three decimals are not meaningful. */
const MOST_DECIMALS = 3;

/** @param probability 0–1 */
export function percent(probability: number, decimals = 0): string {
  return words(rounded(probability, decimals), decimals);
}

export interface PercentComparison {
  readonly value: string;
  readonly threshold: string;
}

/**
 * A probability and the threshold it is compared with, with as few decimals as keep "below" strictly below: 0.4996
 * against 0.5 is "49.96 %" against "50.00 %", never "50 %" against "50 %".
 *
 * @param value 0–1
 * @param threshold 0–1
 */
export function comparePercent(value: number, threshold: number): PercentComparison {
  const least = Math.abs(value - threshold) < CLOSE ? 1 : 0;
  for (let decimals = least; decimals <= MOST_DECIMALS; decimals += 1) {
    if (value >= threshold || rounded(value, decimals) < rounded(threshold, decimals)) {
      return { value: percent(value, decimals), threshold: percent(threshold, decimals) };
    }
  }
  const justBelow = rounded(threshold, MOST_DECIMALS) - 10 ** -MOST_DECIMALS;
  return { value: words(justBelow, MOST_DECIMALS), threshold: percent(threshold, MOST_DECIMALS) };
}

/** Per cent, rounded; rounding is monotonic, so the order of two numbers never reverses. */
function rounded(probability: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(Math.min(1, Math.max(0, probability)) * 100 * scale) / scale;
}

function words(perCent: number, decimals: number): string {
  const unit = 10 ** -decimals;
  if (perCent < unit / 2) return `<${unit.toFixed(decimals)}${SIGN}`;
  if (perCent > 100 - unit / 2) return `>${(100 - unit).toFixed(decimals)}${SIGN}`;
  return perCent.toFixed(decimals) + SIGN;
}
