/** One of the eight symmetries of a square: where the pixel at (x, y) of the transformed square comes from. */
interface Position {
  readonly name: string;
  /** Rows become columns: x and y are exchanged first. */
  readonly transposed: boolean;
  /** The source's columns, or rows, are read from the end. */
  readonly fromRight: boolean;
  readonly fromBottom: boolean;
}

/** In the order in which a card's `views` counts them; quarter turns are counter-clockwise. */
export const POSITIONS: readonly Position[] = [
  { name: 'unchanged', transposed: false, fromRight: false, fromBottom: false },
  { name: 'rotated by 180°', transposed: false, fromRight: true, fromBottom: true },
  { name: 'mirrored left to right', transposed: false, fromRight: true, fromBottom: false },
  { name: 'mirrored top to bottom', transposed: false, fromRight: false, fromBottom: true },
  { name: 'transposed', transposed: true, fromRight: false, fromBottom: false },
  { name: 'transposed along the other diagonal', transposed: true, fromRight: true, fromBottom: true },
  { name: 'rotated by 90°', transposed: true, fromRight: true, fromBottom: false },
  { name: 'rotated by 270°', transposed: true, fromRight: false, fromBottom: true },
];

/** A square of numbers or bytes: row by row, `channels` values per pixel. */
interface Square {
  readonly side: number;
  readonly channels: number;
}

/**
 * Transforms a square.
 *
 * @param from side × side × channels values
 * @param to as many; written from its beginning
 */
export function turn<T extends Uint8Array | Float32Array>(
  from: T,
  to: T,
  { side, channels }: Square,
  position: Position,
): void {
  const { start, right, down } = walk(position, side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const source = (start + x * right + y * down) * channels;
      const target = (y * side + x) * channels;
      for (let c = 0; c < channels; c += 1) to[target + c] = from[source + c] ?? 0;
    }
  }
}

/**
 * Reverses the transformation of a square and adds it, times `weight`, to a sum.
 *
 * @param from side × side × channels values, as written by `turn` or by a network that saw its output
 * @param sum as many
 */
export function addTurnedBack(
  from: Float32Array,
  sum: Float32Array,
  { side, channels }: Square,
  position: Position,
  weight: number,
): void {
  const { start, right, down } = walk(position, side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const source = (y * side + x) * channels;
      const target = (start + x * right + y * down) * channels;
      for (let c = 0; c < channels; c += 1)
        sum[target + c] = (sum[target + c] ?? 0) + weight * (from[source + c] ?? 0);
    }
  }
}

/**
 * Where the first pixel of a transformed square is in the original, and the strides to its neighbours there, in pixels.
 */
function walk({ transposed, fromRight, fromBottom }: Position, side: number) {
  const column = fromRight ? -1 : 1;
  const row = fromBottom ? -side : side;
  return {
    start: (fromRight ? side - 1 : 0) + (fromBottom ? (side - 1) * side : 0),
    right: transposed ? row : column,
    down: transposed ? column : row,
  };
}
