/** Half the width of the middle 95 % of the normal distribution. */
const Z = 1.959964;

/**
 * 95 % interval of a proportion. @see E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22 (1927)
 */
export function wilsonInterval(count: number, total: number): { low: number; high: number } {
  const share = count / total;
  const middle = (share + Z ** 2 / (2 * total)) / (1 + Z ** 2 / total);
  const reach =
    (Z / (1 + Z ** 2 / total)) * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
