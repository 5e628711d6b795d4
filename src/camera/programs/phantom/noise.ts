/** Numbers in 0 ≤ x < 1 that the seed decides (mulberry32, T. Ettinger, public domain). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One value for each pixel of a canvas, row by row. */
export type Field = Float32Array;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Smooth value noise, 0–1: random heights on a grid of `cell` pixels, blended in between. */
export function valueNoise({ width, height }: Size, cell: number, random: Random): Field {
  const columns = Math.ceil(width / cell) + 2;
  const rows = Math.ceil(height / cell) + 2;
  const lattice = Float32Array.from({ length: columns * rows }, random);
  const field = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell);
    const v = smooth(y / cell - row);
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / cell);
      const u = smooth(x / cell - column);
      const at = row * columns + column;
      const top = mix(lattice[at] ?? 0, lattice[at + 1] ?? 0, u);
      const bottom = mix(lattice[at + columns] ?? 0, lattice[at + columns + 1] ?? 0, u);
      field[y * width + x] = mix(top, bottom, v);
    }
  }
  return field;
}

/** Fractal noise, about 0–1: octaves of value noise, each half as coarse and half as strong. */
export function fractalNoise(size: Size, cell: number, octaves: number, random: Random): Field {
  const sum = new Float32Array(size.width * size.height);
  let [weight, total] = [1, 0];
  for (let octave = 0; octave < octaves; octave += 1) {
    const layer = valueNoise(size, Math.max(2, cell / 2 ** octave), random);
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + weight * (layer[i] ?? 0);
    total += weight;
    weight /= 2;
  }
  return sum.map((value) => value / total);
}

/** Cellular noise: distance to the border between two cells (0 on it) and a value of the cell's own, both 0–1. */
export interface Cells {
  readonly border: Field;
  readonly value: Field;
}

/** @see S. Worley, "A cellular texture basis function", SIGGRAPH 1996 */
export function cellNoise({ width, height }: Size, cell: number, random: Random): Cells {
  const columns = Math.ceil(width / cell) + 3;
  const points = Array.from(
    { length: columns * (Math.ceil(height / cell) + 3) },
    () => [random(), random(), random()] as const,
  );
  const border = new Float32Array(width * height);
  const value = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell) + 1;
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / cell) + 1;
      let [nearest, second, own] = [9, 9, 0];
      for (let k = 0; k < 9; k += 1) {
        const [i, j] = [row - 1 + Math.floor(k / 3), column - 1 + (k % 3)];
        const point = points[i * columns + j];
        if (point === undefined) continue;
        const distance = Math.hypot(j - 1 + point[0] - x / cell, i - 1 + point[1] - y / cell);
        if (distance < nearest) [second, nearest, own] = [nearest, distance, point[2]];
        else if (distance < second) second = distance;
      }
      border[y * width + x] = Math.min(1, second - nearest);
      value[y * width + x] = own;
    }
  }
  return { border, value };
}

/** 0 below `low`, 1 above `high`, smooth in between. */
export function ramp(low: number, high: number, x: number): number {
  return smooth(Math.min(1, Math.max(0, (x - low) / (high - low))));
}

export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
