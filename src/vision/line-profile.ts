import type { Image } from './image.ts';

/** Places across a line at which it is compared with the ones before: enough for a mean, and a fraction of the pixels. */
const SAMPLES = 192;
/** Parts of a line that are judged separately: a printed scale or a hair crosses some of them, a break in the data all. */
export const PARTS = 8;
/** Larger differences count as this much, 0–255: one sharp edge must not outweigh the rest of a line. */
const MOST = 24;
export const MOST_COLOUR = 12;

/** What changes from line to line of the centre square; lines are its rows or its columns. Values of a part are at `part * count + line`. */
export interface LineProfile {
  /** Number of lines. */
  readonly count: number;
  /** Mean difference of green to the line before, 0–24, of each part of each line. */
  readonly change: Float64Array;
  /** The same to the line before that one, of each whole line. */
  readonly change2: Float64Array;
  /** Mean signed change over two lines of green, red − green and blue − green, of each part of each line; ±24, colours ±12. */
  readonly steps: readonly [Float64Array, Float64Array, Float64Array];
  /** Mean green of each whole line, 0–255. */
  readonly level: Float64Array;
}

/** @param rows lines are rows, otherwise columns */
export function profileOf({ width, height, data }: Image, rows: boolean): LineProfile {
  const count = Math.min(width, height);
  const samples = Math.min(SAMPLES, count);
  const corner = (Math.floor((height - count) / 2) * width + Math.floor((width - count) / 2)) * 3;
  const [next, across] = rows ? [width * 3, 3] : [3, width * 3];
  const ofParts = (): Float64Array => new Float64Array(PARTS * count);
  const [change, greens, reds, blues] = [ofParts(), ofParts(), ofParts(), ofParts()];
  const [change2, level] = [new Float64Array(count), new Float64Array(count)];
  for (let sample = 0; sample < samples; sample += 1) {
    const start = corner + Math.floor(((sample + 0.5) * count) / samples) * across + 1;
    const part = Math.floor((sample * PARTS) / samples) * count;
    let [green1, green2] = [data[start + next] ?? 0, data[start] ?? 0];
    for (let line = 2, at = start + 2 * next; line < count; line += 1, at += next) {
      const green = data[at] ?? 0;
      const before = at - 2 * next;
      const step = green - green2;
      const red = (data[at - 1] ?? 0) - (data[before - 1] ?? 0) - step;
      const blue = (data[at + 1] ?? 0) - (data[before + 1] ?? 0) - step;
      add(change, part + line, Math.min(MOST, Math.abs(green - green1)));
      add(change2, line, Math.min(MOST, Math.abs(step)));
      add(level, line, green);
      add(greens, part + line, limited(step, MOST));
      add(reds, part + line, limited(red, MOST_COLOUR));
      add(blues, part + line, limited(blue, MOST_COLOUR));
      green2 = green1;
      green1 = green;
    }
  }
  for (const values of [change, greens, reds, blues]) scale(values, PARTS / samples);
  for (const values of [change2, level]) scale(values, 1 / samples);
  return { count, change, change2, steps: [greens, reds, blues], level };
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] ?? 0) + value;
}

function scale(values: Float64Array, by: number): void {
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] ?? 0) * by;
}

function limited(value: number, most: number): number {
  return value > most ? most : value < -most ? -most : value;
}
