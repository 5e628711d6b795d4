import type { Plane } from './motion.ts';

/** Rows that must repeat together, and the smallest distance at which they may: two neighbours are always alike. */
const ROWS = 16;
const LEAST = 6;
/** Mean square of the fine structure of a row below which it shows nothing that could repeat, in 8-bit levels. */
const ENERGY = 0.05;

/** How closely some rows of a plane resemble other rows of it, 0–1, by the fine structure alone: no two pieces of skin have the same. */
export function repetitionOf({ plane, side }: Plane): number {
  const fine = fineStructure(plane, side);
  const energies = new Float64Array(side);
  for (let row = 0; row < side; row += 1) energies[row] = product(fine, row, row, side);
  const least = ENERGY * ROWS * side;
  const products = new Float64Array(side);
  let most = 0;
  for (let lag = LEAST; lag <= side - ROWS; lag += 1) {
    let [both, here, there] = [0, 0, 0];
    for (let row = lag; row < side; row += 1) {
      products[row] = product(fine, row, row - lag, side);
      both += products[row] ?? 0;
      here += energies[row] ?? 0;
      there += energies[row - lag] ?? 0;
      const gone = row - ROWS;
      if (gone >= lag) {
        both -= products[gone] ?? 0;
        here -= energies[gone] ?? 0;
        there -= energies[gone - lag] ?? 0;
      }
      if (gone >= lag - 1 && here > least && there > least)
        most = Math.max(most, both / Math.sqrt(here * there));
    }
  }
  return most;
}

function fineStructure(values: Float64Array, side: number): Float64Array {
  const fine = new Float64Array(side * side);
  for (let y = 1; y < side - 1; y += 1) {
    for (let x = 1; x < side - 1; x += 1) {
      const at = y * side + x;
      const around =
        (values[at - 1] ?? 0) + (values[at + 1] ?? 0) + (values[at - side] ?? 0) + (values[at + side] ?? 0);
      fine[at] = 255 * ((values[at] ?? 0) - around / 4);
    }
  }
  return fine;
}

function product(fine: Float64Array, row: number, other: number, side: number): number {
  let sum = 0;
  for (let x = 0; x < side; x += 1) sum += (fine[row * side + x] ?? 0) * (fine[other * side + x] ?? 0);
  return sum;
}
