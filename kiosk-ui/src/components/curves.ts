export type Point = readonly [x: number, y: number];

/** Points written as in SVG: `x,y x,y`. */
export function points(...lines: readonly string[]): readonly Point[] {
  return lines
    .flatMap((line) => line.split(' '))
    .map((pair): Point => {
      const [x = 0, y = 0] = pair.split(',').map(Number);
      return [x, y];
    });
}

const at = ([x, y]: Point): string => `${round(x)} ${round(y)}`;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A smooth curve through the points, as a path: a Catmull-Rom spline. A point given twice is a corner. */
export function curve(points: readonly Point[], closed = false): string {
  const count = points.length;
  const point = (i: number): Point =>
    points[closed ? (i + count) % count : Math.min(count - 1, Math.max(0, i))] ?? [0, 0];
  const parts = [`M${at(point(0))}`];
  for (let i = 0; i < count - (closed ? 0 : 1); i += 1) {
    const [before, from, to, after] = [point(i - 1), point(i), point(i + 1), point(i + 2)];
    if (from[0] === to[0] && from[1] === to[1]) continue;
    const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    parts.push(`C${at(first)} ${at(second)} ${at(to)}`);
  }
  return parts.join('') + (closed ? 'Z' : '');
}

/** Straight lines through the points, closed. */
export function polygon(points: readonly Point[]): string {
  return `M${points.map(at).join('L')}Z`;
}

/** A finger: a line of round ends. */
export function capsule(from: Point, to: Point, radius: number): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const by = radius / Math.hypot(dx, dy);
  const [nx, ny] = [-dy * by, dx * by];
  const side = ([x, y]: Point, sign: number): Point => [x + sign * nx, y + sign * ny];
  const arc = `A${radius} ${radius} 0 0 0 `;
  return `M${at(side(from, 1))}L${at(side(to, 1))}${arc}${at(side(to, -1))}L${at(side(from, -1))}${arc}${at(side(from, 1))}Z`;
}

export function ellipse([x, y]: Point, rx: number, ry: number): string {
  return `M${round(x - rx)} ${round(y)}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`;
}

/** The points to the right (1) or left (−1) of a vertical axis, given by their distance from it. */
export function beside(axis: number, side: 1 | -1, points: readonly Point[]): readonly Point[] {
  return points.map(([distance, y]) => [axis + side * distance, y]);
}

/** A closed outline, symmetrical about a vertical axis, from its right half, which begins and ends on the axis. */
export function symmetrical(axis: number, half: readonly Point[]): readonly Point[] {
  const left = half.slice(1, -1).toReversed();
  return [...beside(axis, 1, half), ...beside(axis, -1, left)];
}
