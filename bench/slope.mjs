// Robust rate of growth: the Theil–Sen slope (the median of the slopes of all pairs) with Sen's 95 % interval (P. K. Sen, 1968).

/**
 * @param points `[x, y]`, at least three with different x
 * @returns `{ slope, low, high }` in units of y per unit of x
 */
export function theilSen(points) {
  const slopes = [];
  for (let i = 0; i < points.length; i += 1) {
    for (let j = i + 1; j < points.length; j += 1) {
      const [dx, dy] = [points[j][0] - points[i][0], points[j][1] - points[i][1]];
      if (dx !== 0) slopes.push(dy / dx);
    }
  }
  slopes.sort((a, b) => a - b);
  const n = points.length;
  const spread = 1.96 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (rank) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))];
  const half = slopes.length / 2;
  return {
    slope: (at(Math.floor(half - 0.5)) + at(Math.floor(half))) / 2,
    low: at((slopes.length - spread) / 2 - 1),
    high: at((slopes.length + spread) / 2),
  };
}
