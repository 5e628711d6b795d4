/**
 * Solves a system of linear equations with a symmetric positive definite matrix, for several right-hand sides.
 *
 * @param upper `size * size` values, row by row; only those on and above the diagonal are read
 * @returns a solution for each right-hand side; `undefined` if the matrix is not positive definite
 * @see G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th edition, algorithm 4.2.1
 */
export function solveSymmetric(
  upper: Float64Array,
  size: number,
  rights: readonly Float64Array[],
): Float64Array[] | undefined {
  const lower = new Float64Array(size * size);
  for (let r = 0; r < size; r += 1) {
    for (let c = 0; c <= r; c += 1) {
      let sum = upper[c * size + r] ?? 0;
      for (let k = 0; k < c; k += 1) sum -= (lower[r * size + k] ?? 0) * (lower[c * size + k] ?? 0);
      // Relative to the entry itself: a remainder caused by rounding alone is zero.
      if (r === c && !(sum > 1e-12 * (upper[r * size + r] ?? 0))) return undefined;
      lower[r * size + c] = r === c ? Math.sqrt(sum) : sum / (lower[c * size + c] ?? 1);
    }
  }
  return rights.map((right) => substituted(lower, size, right));
}

function substituted(lower: Float64Array, size: number, right: Float64Array): Float64Array {
  const out = right.slice();
  for (let r = 0; r < size; r += 1) {
    for (let k = 0; k < r; k += 1) out[r] = (out[r] ?? 0) - (lower[r * size + k] ?? 0) * (out[k] ?? 0);
    out[r] = (out[r] ?? 0) / (lower[r * size + r] ?? 1);
  }
  for (let r = size - 1; r >= 0; r -= 1) {
    for (let k = r + 1; k < size; k += 1) out[r] = (out[r] ?? 0) - (lower[k * size + r] ?? 0) * (out[k] ?? 0);
    out[r] = (out[r] ?? 0) / (lower[r * size + r] ?? 1);
  }
  return out;
}
