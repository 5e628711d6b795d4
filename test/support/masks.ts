/** The eight orientations of a square. */
export const POSITIONS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** The value at a point of the square; x (right) and y (down) run from 0 to 1. */
export type Shape = (x: number, y: number) => number;

/**
 * A mask like that of a network: `side * side` probabilities, each the fraction of 5 × 5 points around the sample that are inside.
 */
export function maskOf(side: number, inside: (x: number, y: number) => boolean): Float32Array {
  const fine = 5;
  return sampled(side, (x, y) => {
    let count = 0;
    for (let j = 0; j < fine; j += 1) {
      for (let i = 0; i < fine; i += 1) {
        const dx = ((i + 0.5) / fine - 0.5) / side;
        const dy = ((j + 0.5) / fine - 0.5) / side;
        if (inside(x + dx, y + dy)) count += 1;
      }
    }
    return count / fine ** 2;
  });
}

export function sampled(side: number, shape: Shape): Float32Array {
  return Float32Array.from({ length: side * side }, (_, at) =>
    shape(((at % side) + 0.5) / side, (Math.floor(at / side) + 0.5) / side),
  );
}

/** A mask in one of the eight orientations of a square: three bits for mirrored, flipped, transposed. */
export function positioned(mask: Float32Array, side: number, position: number): Float32Array {
  return mask.map((_, at) => {
    let [x, y] = [at % side, Math.floor(at / side)];
    if (position & 1) x = side - 1 - x;
    if (position & 2) y = side - 1 - y;
    return mask[position & 4 ? x * side + y : y * side + x] ?? 0;
  });
}

export const disc =
  (radius: number, cx = 0.5, cy = 0.5) =>
  (x: number, y: number): boolean =>
    Math.hypot(x - cx, y - cy) <= radius;

/** A centred ellipse with its first semi-axis rotated by `angle`, radians. */
export const ellipse =
  (a: number, b: number, angle = 0) =>
  (x: number, y: number): boolean => {
    const [dx, dy] = [x - 0.5, y - 0.5];
    const along = dx * Math.cos(angle) + dy * Math.sin(angle);
    const across = dy * Math.cos(angle) - dx * Math.sin(angle);
    return (along / a) ** 2 + (across / b) ** 2 <= 1;
  };

/** The half of a centred disc in the direction `angle`, radians. */
export const halfMoon =
  (radius: number, angle: number) =>
  (x: number, y: number): boolean =>
    disc(radius)(x, y) && (x - 0.5) * Math.cos(angle) + (y - 0.5) * Math.sin(angle) >= 0;

/** A centred square rotated by `angle`, radians. */
export const square =
  (side: number, angle: number) =>
  (x: number, y: number): boolean => {
    const [dx, dy] = [x - 0.5, y - 0.5];
    const along = dx * Math.cos(angle) + dy * Math.sin(angle);
    const across = dy * Math.cos(angle) - dx * Math.sin(angle);
    return Math.max(Math.abs(along), Math.abs(across)) <= side / 2;
  };
