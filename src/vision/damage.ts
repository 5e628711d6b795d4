import type { Image } from './image.ts';
import { type LineProfile, MOST_COLOUR, PARTS, profileOf } from './line-profile.ts';
import type { Plane } from './motion.ts';
import { repetitionOf } from './repetition.ts';

/** Signs of damage in a decoded image, of its rows and columns: the larger of the two. */
export interface DamageSigns {
  /** How much more a line changes than its neighbours do, in all but two of its eighths: data are missing, repeated or displaced there. */
  readonly seam: number;
  /** The same together with how much its brightness and colour differ, in half of its eighths: blocks are lost from the middle of a line on. */
  readonly break: number;
  /** Change of colour from one line to the next over its whole width, 0–1. */
  readonly tint: number;
  /** Longest run of lines that repeat the one before, as a fraction of the side; a black or white edge does not count. */
  readonly still: number;
  /** Change to the line before, relative to the change over two lines: above 1 the two fields of a video do not match, below it is noise. */
  readonly comb: number;
  /** Fraction of all change in the eighth of the lines that change most, 0–1: blocks change at their edges only. */
  readonly blocks: number;
  /** Correlation of a part of the image with another part above or below it, 0–1. */
  readonly repeat: number;
}

/** Limits, chosen on one half of good and damaged images and reported on the other (`bench/damaged-frames.mjs`, `docs/quality.md`). */
export const DAMAGE_LIMITS: DamageSigns = {
  seam: 2.1,
  break: 4.2,
  tint: 0.48,
  still: 0.08,
  comb: 1.04,
  blocks: 0.36,
  repeat: 0.5,
};

/** Lines on each side with which a line is compared, and how many next to it are left out: a break may cover two. */
const NEAR = 6;
const GAP = 1;
/** Added to the neighbours' change, 0–255: in a smooth area hardly any change is needed to exceed it. */
const FLOOR = 0.5;
/** The same of steps: over more lines, because each spans two, and those next to a break contain it. */
const STEP_NEAR = 8;
const STEP_GAP = 2;
const STEP_FLOOR = 0.7;
/** A step counts half as much as a change; neither alone may decide. */
const STEP_WEIGHT = 0.5;
const MOST_SEAM = 4;
const MOST_STEP = 5;
/** A line repeats the one before if it changes by less than this, 0–255: compression changes repeated lines at the edges of its blocks only. */
const STILL = 0.15;
/** Levels of the border of the optics, 0–255. */
const BLACK = 20;
const WHITE = 244;

/** @param half luma of the centre square at half the gate's working size */
export function damageSignsOf(image: Image, half: Plane): DamageSigns {
  const [rows, columns] = [alongLines(profileOf(image, true)), alongLines(profileOf(image, false))];
  return {
    seam: Math.max(rows.seam, columns.seam),
    break: Math.max(rows.break, columns.break),
    tint: Math.max(rows.tint, columns.tint),
    still: Math.max(rows.still, columns.still),
    comb: Math.max(rows.comb, columns.comb),
    blocks: Math.max(rows.blocks, columns.blocks),
    repeat: repetitionOf(half),
  };
}

/** The strongest sign, relative to its limit: damaged above 1. */
export function damageOf(signs: DamageSigns): number {
  const names = Object.keys(DAMAGE_LIMITS) as (keyof DamageSigns)[];
  return Math.max(...names.map((name) => signs[name] / DAMAGE_LIMITS[name]));
}

function alongLines(profile: LineProfile): Omit<DamageSigns, 'repeat'> {
  const total = totalChange(profile);
  const sorted = Float64Array.from(total).sort();
  const sum = sumOf(total, 0, total.length);
  const sum2 = sumOf(profile.change2, 0, total.length);
  const top = sumOf(sorted, Math.floor((sorted.length * 7) / 8), sorted.length);
  return {
    ...breaksOf(profile),
    tint: tintOf(profile),
    still: longestRun(total, profile.level),
    comb: sum2 === 0 ? 0 : sum / sum2,
    blocks: sum === 0 ? 0 : top / sum,
  };
}

function totalChange({ count, change }: LineProfile): Float64Array {
  const total = new Float64Array(count);
  for (let part = 0; part < PARTS; part += 1) {
    for (let line = 0; line < count; line += 1)
      total[line] = (total[line] ?? 0) + (change[part * count + line] ?? 0) / PARTS;
  }
  return total;
}

function breaksOf(profile: LineProfile): Pick<DamageSigns, 'seam' | 'break'> {
  const { count, change } = profile;
  const levels = stepLevels(profile);
  const [seams, both] = [new Float64Array(PARTS), new Float64Array(PARTS)];
  let [seam, most] = [0, 0];
  const margin = STEP_NEAR + 5;
  for (let line = margin; line < count - margin; line += 1) {
    for (let part = 0; part < PARTS; part += 1) {
      const at = part * count + line;
      const around = Math.max(
        meanOf(change, at - NEAR, at - GAP),
        meanOf(change, at + 1 + GAP, at + 1 + NEAR),
      );
      const ratio = (change[at] ?? 0) / (around + FLOOR);
      seams[part] = ratio;
      // Most lines change less than their neighbours: no step could raise those above the limit.
      both[part] =
        ratio < 1
          ? ratio
          : Math.min(MOST_SEAM, ratio) + STEP_WEIGHT * Math.min(MOST_STEP, stepRatio(levels, at));
    }
    seam = Math.max(seam, seams.sort()[2] ?? 0);
    most = Math.max(most, both.sort()[PARTS / 2] ?? 0);
  }
  return { seam, break: most };
}

function stepRatio(levels: Float64Array, at: number): number {
  const before = meanOf(levels, at - STEP_NEAR, at - STEP_GAP);
  const after = meanOf(levels, at + 1 + STEP_GAP, at + 1 + STEP_NEAR);
  return Math.max(levels[at] ?? 0, levels[at - 1] ?? 0) / ((before + after) / 2 + STEP_FLOOR);
}

/** How much brightness and colour of each part of a line rise or fall beyond what the lines around it do anyway, 0–255. */
function stepLevels({ count, steps: [greens, reds, blues] }: LineProfile): Float64Array {
  const levels = new Float64Array(PARTS * count);
  for (let part = 0; part < PARTS; part += 1) {
    for (let line = 5; line < count - 3; line += 1) {
      const at = part * count + line;
      levels[at] = Math.abs(rise(greens, at)) + Math.abs(rise(reds, at)) + Math.abs(rise(blues, at));
    }
  }
  return levels;
}

function tintOf({ count, steps }: LineProfile): number {
  let most = 0;
  for (const colours of steps.slice(1)) {
    for (let line = 5; line < count - 3; line += 1) {
      let sum = 0;
      for (let part = 0; part < PARTS; part += 1) sum += rise(colours, part * count + line);
      most = Math.max(most, Math.abs(sum));
    }
  }
  return most / PARTS / MOST_COLOUR;
}

function rise(steps: Float64Array, at: number): number {
  return (steps[at] ?? 0) - ((steps[at - 3] ?? 0) + (steps[at + 3] ?? 0)) / 2;
}

function longestRun(total: Float64Array, level: Float64Array): number {
  const isBorder = (line: number): boolean => (level[line] ?? 0) < BLACK || (level[line] ?? 0) > WHITE;
  let [first, last] = [2, total.length - 1];
  while (first < last && isBorder(first)) first += 1;
  while (first < last && isBorder(last)) last -= 1;
  let [run, longest] = [0, 0];
  for (let line = first; line <= last; line += 1) {
    run = (total[line] ?? 0) < STILL ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest / total.length;
}

function meanOf(values: Float64Array, from: number, to: number): number {
  return sumOf(values, from, to) / (to - from);
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] ?? 0;
  return sum;
}
