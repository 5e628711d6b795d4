import { centreSquare, reduceByArea } from './geometry.ts';
import type { Image } from './image.ts';

/** Side at which the direction of the ruler is searched for, pixels, and the angular step of the search, degrees. */
const COARSE_SIDE = 240;
const COARSE_STEP = 2;
const FINE_STEP = 0.5;

/** Shortest period of the ticks, pixels at either size: closer ones are indistinguishable from camera noise. */
const SHORTEST = 5;

/** Minimum self-similarity of the ruler when shifted by one tick, 0–1. */
const LIKENESS = 0.45;

/**
 * A shorter period with at least this fraction of the best score is the millimetre; the best may be five or ten of it.
 */
const FUNDAMENTAL = 0.6;

/**
 * Ticks repeat in one direction only. The repetition across them may be at most this fraction of that along them: eight
 * drawn rulers have up to 0.05, eleven drawn weaves, twills, knits and grids 0.57 and more.
 */
const ACROSS = 0.25;

export interface RulerReading {
  /** Pixels of the full image. */
  readonly pixelsPerMm: number;
  /** Degrees from the horizontal to the ruler's length, clockwise, −90 to 90. */
  readonly angle: number;
  /** Self-similarity of the ruler when shifted by one millimetre, 0–1. */
  readonly likeness: number;
}

interface Grey {
  readonly side: number;
  readonly values: Float32Array;
}

/**
 * Measures millimetres in an image of a ruler with millimetre ticks: the period at which lines along the ruler are
 * self-similar (autocorrelation of their differences), in the direction of the highest self-similarity. The ruler may
 * have any angle and cover only part of the image.
 *
 * @returns `undefined` if nothing repeats as a ruler does; plain stripes are mistaken for one
 */
export function readRuler(image: Image): RulerReading | undefined {
  const coarse = greyOf(reduceByArea(image, COARSE_SIDE));
  const angles = Array.from({ length: 180 / COARSE_STEP }, (_, i) => i * COARSE_STEP - 90);
  const rough = best(angles.map((angle) => periodAt(coarse, angle)));
  if (rough === undefined) return undefined;
  const across = periodAt(coarse, rough.angle + 90);
  if (across !== undefined && across.score > ACROSS * rough.score) return undefined;
  const fine = greyOf(centreSquare(image));
  const scale = fine.side / coarse.side;
  const near = [-2, -1, 0, 1, 2].map((i) => rough.angle + i * FINE_STEP);
  const found = best(
    near.map((angle) => periodAt(fine, angle, [rough.period * scale * 0.85, rough.period * scale * 1.15])),
  );
  if (found === undefined || found.likeness < LIKENESS) return undefined;
  const { angle, likeness } = found;
  return { pixelsPerMm: overMany(fine, found), angle: angle > 90 ? angle - 180 : angle, likeness };
}

interface Period {
  readonly angle: number;
  readonly period: number;
  readonly likeness: number;
  readonly score: number;
}

function best(periods: readonly (Period | undefined)[]): Period | undefined {
  let first: Period | undefined;
  for (const period of periods)
    if (period !== undefined && period.score > (first?.score ?? 0)) first = period;
  return first;
}

/** The period along lines of one direction, optionally within bounds. */
function periodAt(
  grey: Grey,
  angle: number,
  [low, high]: readonly [number, number] = [SHORTEST, grey.side / 4],
): Period | undefined {
  const { scores, likeness } = likenessAt(grey, angle, Math.ceil(high) + 1);
  const peaks: number[] = [];
  for (let lag = Math.max(SHORTEST, Math.floor(low)); lag <= high; lag += 1) {
    const own = scores[lag] ?? 0;
    if (own > (scores[lag - 1] ?? 0) && own >= (scores[lag + 1] ?? 0)) peaks.push(lag);
  }
  const top = Math.max(0, ...peaks.map((lag) => scores[lag] ?? 0));
  const lag = peaks.find((peak) => (scores[peak] ?? 0) >= FUNDAMENTAL * top);
  if (lag === undefined) return undefined;
  return { angle, period: vertex(scores, lag), likeness: likeness[lag] ?? 0, score: heightAt(scores, lag) };
}

/** Refines the period over as many ticks as fit in half the image: the error of one is divided among them. */
function overMany(grey: Grey, { angle, period }: Period): number {
  const { scores } = likenessAt(grey, angle, Math.ceil(grey.side / 2));
  let exact = period;
  for (let count = 2; count * exact < grey.side / 2 - 2; count += 1) {
    const expected = Math.round(count * exact);
    const lags = [-2, -1, 0, 1, 2].map((i) => expected + i);
    const lag = lags.reduce((one, other) => ((scores[other] ?? 0) > (scores[one] ?? 0) ? other : one));
    if (lag === lags[0] || lag === lags[4] || (scores[lag] ?? 0) < 0.2 * (scores[Math.round(period)] ?? 0))
      break;
    exact = vertex(scores, lag) / count;
  }
  return exact;
}

/** Where the parabola through a peak and its neighbours has its maximum. */
function vertex(values: Float64Array, at: number): number {
  const [before = 0, own = 0, after = 0] = [values[at - 1], values[at], values[at + 1]];
  const bend = before - 2 * own + after;
  return bend === 0 ? at : at + (before - after) / (2 * bend);
}

/** The height of that parabola: lags are whole numbers, and a period between two must not score lower. */
function heightAt(values: Float64Array, at: number): number {
  const [before = 0, own = 0, after = 0] = [values[at - 1], values[at], values[at + 1]];
  return own - ((before - after) * (vertex(values, at) - at)) / 4;
}

/**
 * For each lag: how much of the lines' differences repeats after it (`scores`), and the self-similarity of the lines
 * that do (`likeness`). A line is weighted by its repetition, so a ruler at the rim is not drowned by a lesion in the
 * centre.
 */
function likenessAt(
  grey: Grey,
  angle: number,
  lags: number,
): { scores: Float64Array; likeness: Float64Array } {
  const scores = new Float64Array(lags + 1);
  const cubes = new Float64Array(lags + 1);
  const step = Math.max(1, Math.round(grey.side / 160));
  for (let offset = -grey.side / 2; offset <= grey.side / 2; offset += step) {
    const line = differences(grey, angle, offset);
    if (line.length < 3 * SHORTEST) continue;
    const energy = product(line, 0);
    if (energy === 0) continue;
    for (let lag = 1; lag <= Math.min(lags, line.length - SHORTEST); lag += 1) {
      const like = Math.max(0, ((product(line, lag) / energy) * line.length) / (line.length - lag));
      // Few samples may match by chance.
      const trust = energy * Math.min(1, like) ** 2 * (1 - lag / line.length);
      scores[lag] = (scores[lag] ?? 0) + trust;
      cubes[lag] = (cubes[lag] ?? 0) + trust * Math.min(1, like);
    }
  }
  return { scores, likeness: cubes.map((cube, lag) => (cube === 0 ? 0 : cube / (scores[lag] ?? 1))) };
}

function product(line: Float32Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < line.length; i += 1) sum += (line[i] ?? 0) * (line[i - lag] ?? 0);
  return sum;
}

/** Differences from pixel to pixel along a line at `offset` from the centre, within the square. */
function differences({ side, values }: Grey, angle: number, offset: number): Float32Array {
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const centre = (side - 1) / 2;
  const samples: number[] = [];
  for (let along = -side; along <= side; along += 1) {
    const [x, y] = [centre + along * cos - offset * sin, centre + along * sin + offset * cos];
    if (x < 0 || y < 0 || x >= side - 1 || y >= side - 1) continue;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, down] = [x - left, y - top];
    const at = top * side + left;
    const upper = (values[at] ?? 0) * (1 - right) + (values[at + 1] ?? 0) * right;
    const lower = (values[at + side] ?? 0) * (1 - right) + (values[at + side + 1] ?? 0) * right;
    samples.push(upper * (1 - down) + lower * down);
  }
  // Binomial weights of five samples, then the difference: ticks one pixel wide would be self-similar at whole periods
  // only.
  return Float32Array.from({ length: Math.max(0, samples.length - 5) }, (_, i) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = samples.slice(i, i + 6);
    return (f + 3 * e + 2 * d - 2 * c - 3 * b - a) / 16;
  });
}

function greyOf({ width, data }: Image): Grey {
  const values = new Float32Array(data.length / 3);
  for (let i = 0; i < values.length; i += 1)
    values[i] = 0.299 * (data[3 * i] ?? 0) + 0.587 * (data[3 * i + 1] ?? 0) + 0.114 * (data[3 * i + 2] ?? 0);
  return { side: width, values };
}
