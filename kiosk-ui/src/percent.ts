/**
 * A probability in per cent as people read it. It never says nothing (0 %) or certain (100 %), and beside a threshold it has so many decimals that
 * the two figures never contradict the statement.
 *
 * @param share 0–1
 * @param threshold 0–1, the figure it is compared with on the same screen
 */
export function percent(share: number, threshold?: number): string {
  if (threshold !== undefined && share !== threshold && Math.abs(share - threshold) < 0.01) {
    return `${withDecimals(share, threshold)} %`;
  }
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share >= 0.995) return '>99 %';
  return `${Math.round(share * 100)} %`;
}

/** The threshold beside a figure: with as many decimals as the figure has. */
export function thresholdPercent(threshold: number, share: number): string {
  const decimals = (/\.(\d+)/.exec(percent(share, threshold))?.[1] ?? '').length;
  const plain = (threshold * 100).toFixed(Math.max(decimals, threshold < 0.1 ? 1 : 0));
  return `${plain} %`;
}

function withDecimals(share: number, threshold: number): string {
  for (const decimals of [1, 2, 3]) {
    const text = (share * 100).toFixed(decimals);
    if (text !== (threshold * 100).toFixed(decimals)) return text;
  }
  return (share * 100).toFixed(4);
}
