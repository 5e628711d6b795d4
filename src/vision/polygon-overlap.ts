import { eachEdge, type Polygon } from './polygon.ts';

/** Number of lines across the square along which polygons are compared; exact along each. */
const LINES = 128;

/**
 * Overlap of two polygons: intersection over union (Jaccard index), 0–1; 0 if neither has area. Coordinates of a
 * square, 0–1; parts up to half a side outside it count too.
 */
export function commonShare(one: Polygon, other: Polygon): number {
  let [both, either] = [0, 0];
  for (let j = 0; j < 2 * LINES; j += 1) {
    const y = (j + 0.5) / LINES - 0.5;
    const [a, b] = [crossings(one, y), crossings(other, y)];
    const common = commonOf(a, b);
    both += common;
    either += lengthOf(a) + lengthOf(b) - common;
  }
  return either === 0 ? 0 : both / either;
}

/** Where a line of constant y enters and leaves the polygon, in order. */
function crossings(polygon: Polygon, y: number): number[] {
  const found: number[] = [];
  eachEdge(polygon, ([ax, ay], [bx, by]) => {
    if (ay > y !== by > y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
  });
  return found.sort((p, q) => p - q);
}

function lengthOf(line: readonly number[]): number {
  let length = 0;
  for (let i = 0; i + 1 < line.length; i += 2) length += (line[i + 1] ?? 0) - (line[i] ?? 0);
  return length;
}

function commonOf(one: readonly number[], other: readonly number[]): number {
  let length = 0;
  for (let i = 0; i + 1 < one.length; i += 2) {
    for (let k = 0; k + 1 < other.length; k += 2) {
      const start = Math.max(one[i] ?? 0, other[k] ?? 0);
      length += Math.max(0, Math.min(one[i + 1] ?? 0, other[k + 1] ?? 0) - start);
    }
  }
  return length;
}
