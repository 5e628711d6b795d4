/** A vertical axis that is scaled to its data. */
export interface Axis {
  /** 0 (bottom) to 1 (top). */
  readonly place: (value: number) => number;
  /** Values with a label, ascending. */
  readonly ticks: readonly number[];
}

const PROBABILITIES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.997, 0.999];
const MOST_TICKS = 4;
/** Probabilities that rounding has made 0 or 1 would be infinitely far away. */
const NEAREST = 0.0005;
/** Of each end, in log-odds. */
const MARGIN = 0.35;

/** An axis of log-odds, as on the result's scale: on a linear one, everything below 5 % looks alike. */
export function probabilityAxis(values: readonly number[]): Axis {
  const places = values.map(logOdds);
  const least = Math.min(...places);
  const most = Math.max(...places);
  const below = PROBABILITIES.findLast((tick) => logOdds(tick) <= least) ?? NEAREST;
  const above = PROBABILITIES.find((tick) => logOdds(tick) >= most) ?? 1 - NEAREST;
  const [low, high] = [logOdds(below) - MARGIN, logOdds(above) + MARGIN];
  const inside = PROBABILITIES.filter((tick) => tick >= below && tick <= above);
  return { place: (value) => (logOdds(value) - low) / (high - low), ticks: thinned(inside) };
}

/** A linear axis of lengths in millimetres, of at least 2 mm. */
export function lengthAxis(values: readonly number[]): Axis {
  const low = Math.max(0, Math.floor(Math.min(...values) - 0.5));
  const high = Math.max(low + 2, Math.ceil(Math.max(...values) + 0.5));
  return { place: (value) => (value - low) / (high - low), ticks: [low, (low + high) / 2, high] };
}

function logOdds(probability: number): number {
  const inside = Math.min(1 - NEAREST, Math.max(NEAREST, probability));
  return Math.log(inside / (1 - inside));
}

/** At most a few of them, with both ends. */
function thinned(ticks: readonly number[]): readonly number[] {
  if (ticks.length <= MOST_TICKS) return ticks;
  const step = (ticks.length - 1) / (MOST_TICKS - 1);
  return Array.from({ length: MOST_TICKS }, (_, i) => ticks[Math.round(i * step)] ?? 0);
}
