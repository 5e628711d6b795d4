import type { Point } from './polygon.ts';

/**
 * A similarity transformation of the plane about the centre of a square: (x, y) − ½ is rotated and scaled by the matrix
 * [a −b; b a], then translated. Coordinates are those of the square, 0–1.
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** @param degrees clockwise as seen on a screen, where y goes down */
export function similarityOf(degrees: number, scale: number, tx = 0, ty = 0): Similarity {
  const angle = (degrees * Math.PI) / 180;
  return { a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty };
}

export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

/** −180 to 180. */
export function degreesOf({ a, b }: Similarity): number {
  return (Math.atan2(b, a) * 180) / Math.PI;
}

export function transformPoint({ a, b, tx, ty }: Similarity, [x, y]: Point): Point {
  const [u, v] = [x - 0.5, y - 0.5];
  return [a * u - b * v + tx + 0.5, b * u + a * v + ty + 0.5];
}

export function inverse({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b;
  const [p, q] = [a / square, -b / square];
  return { a: p, b: q, tx: -(p * tx - q * ty), ty: -(q * tx + p * ty) };
}
