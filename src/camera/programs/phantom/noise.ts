import type { Random } from '../../../lib/random.ts';
import type { Size } from './area.ts';

/** Normal with mean 0 and standard deviation 1, by Box–Muller. */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One value per pixel of an area, row by row. */
export type Field = Float32Array;

/** Fractal noise, roughly 0–1 around a half: octaves of smooth noise, each with half the scale and amplitude. */
export function fractalNoise(size: Size, cell: number, octaves: number, random: Random): Field {
  const field = new Float32Array(size.width * size.height).fill(0.5);
  const total = 2 - 2 ** (1 - octaves);
  for (let octave = 0; octave < octaves; octave += 1) {
    addNoise(field, size, Math.max(2, cell / 2 ** octave), 2 ** -octave / total, random);
  }
  return field;
}

/**
 * Random heights on a grid of `cell` pixels, interpolated with a cubic B-spline: unlike linear interpolation it hides
 * the grid.
 */
function addNoise(
  field: Field,
  { width, height }: Size,
  cell: number,
  strength: number,
  random: Random,
): void {
  const columns = Math.ceil(width / cell) + 4;
  const rows = Math.ceil(height / cell) + 4;
  // The spline flattens the heights; the factor roughly compensates.
  const lattice = new Float32Array(columns * rows).map(() => 2 * strength * (random() - 0.5));
  const columnOf = new Int32Array(width).map((_, x) => Math.floor(x / cell));
  const [a, b, c, d] = [0, 1, 2, 3].map((k) =>
    new Float32Array(width).map((_, x) => spline((x / cell) % 1, k)),
  ) as [Field, Field, Field, Field];
  const line = new Float32Array(columns);
  for (let y = 0; y < height; y += 1) {
    blendRows(line, lattice, Math.floor(y / cell), (y / cell) % 1);
    for (let x = 0, i = y * width; x < width; x += 1, i += 1) {
      const column = columnOf[x] ?? 0;
      field[i] =
        (field[i] ?? 0) +
        (a[x] ?? 0) * (line[column] ?? 0) +
        (b[x] ?? 0) * (line[column + 1] ?? 0) +
        (c[x] ?? 0) * (line[column + 2] ?? 0) +
        (d[x] ?? 0) * (line[column + 3] ?? 0);
    }
  }
}

/** The heights along one row of pixels, from four rows of the lattice. */
function blendRows(line: Float32Array, lattice: Float32Array, row: number, t: number): void {
  line.fill(0);
  for (let k = 0; k < 4; k += 1) {
    const share = spline(t, k);
    const from = (row + k) * line.length;
    for (let x = 0; x < line.length; x += 1) line[x] = (line[x] ?? 0) + share * (lattice[from + x] ?? 0);
  }
}

/** Weight of neighbour `k` (0–3) of a cubic B-spline at 0 ≤ t < 1 between neighbours 1 and 2. */
function spline(t: number, k: number): number {
  if (k === 0) return (1 - t) ** 3 / 6;
  if (k === 1) return (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
  if (k === 2) return (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6;
  return t ** 3 / 6;
}

/** Cellular noise, in units of the cell; both fields are roughly 0–1. */
export interface Cells {
  /** Distance to the centre of the pixel's own cell: round islands. */
  readonly middle: Field;
  /** 0 on the border between two cells, growing inwards: a mesh. */
  readonly border: Field;
  /** A random value per cell. */
  readonly value: Field;
}

/** Displacement of the grid at each pixel, pixels: without it the cell borders are straight lines. */
export interface Warp {
  readonly x: Field;
  readonly y: Field;
}

export function warpOf(size: Size, cell: number, reach: number, random: Random): Warp {
  const bent = (): Field => fractalNoise(size, cell, 2, random).map((value) => 2 * reach * (value - 0.5));
  return { x: bent(), y: bent() };
}

/** @see S. Worley, "A cellular texture basis function", SIGGRAPH 1996 */
export function cellNoise({ width, height }: Size, cell: number, warp: Warp, random: Random): Cells {
  const margin = 4;
  const columns = Math.ceil(width / cell) + 2 * margin;
  const rows = Math.ceil(height / cell) + 2 * margin;
  const points = new Float32Array(columns * rows * 3).map(random);
  const [middle, border, value] = [0, 1, 2].map(() => new Float32Array(width * height)) as [
    Field,
    Field,
    Field,
  ];
  for (let i = 0; i < middle.length; i += 1) {
    const x = margin + ((i % width) + (warp.x[i] ?? 0)) / cell;
    const y = margin + (Math.floor(i / width) + (warp.y[i] ?? 0)) / cell;
    const column = clamp(Math.floor(x), 1, columns - 2);
    const row = clamp(Math.floor(y), 1, rows - 2);
    let nearest = 9;
    let second = 9;
    let own = 0;
    for (let py = row - 1; py <= row + 1; py += 1) {
      for (let px = column - 1; px <= column + 1; px += 1) {
        const at = (py * columns + px) * 3;
        const dx = px + (points[at] ?? 0) - x;
        const dy = py + (points[at + 1] ?? 0) - y;
        const distance = dx * dx + dy * dy;
        if (distance < nearest) {
          second = nearest;
          nearest = distance;
          own = points[at + 2] ?? 0;
        } else if (distance < second) second = distance;
      }
    }
    middle[i] = Math.sqrt(nearest);
    border[i] = Math.sqrt(second) - Math.sqrt(nearest);
    value[i] = own;
  }
  return { middle, border, value };
}

/** 0 below `low`, 1 above `high`, smooth in between. */
export function ramp(low: number, high: number, x: number): number {
  return smooth(clamp((x - low) / (high - low), 0, 1));
}

export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
