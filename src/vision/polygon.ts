/** Coordinates in the unit of the polygon; x to the right, y down. */
export type Point = readonly [x: number, y: number];

/** Corners in order; the last is joined to the first. */
export type Polygon = readonly Point[];

/** Area, centroid, and central second moments divided by the area, of a simple polygon. */
export interface Moments {
  readonly area: number;
  readonly centre: Point;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/**
 * Exact integrals over the polygon; all 0 if it has no area.
 *
 * @see C. Steger, "On the calculation of arbitrary moments of polygons", TU München FGBV-96-05 (1996)
 */
export function momentsOf(polygon: Polygon): Moments {
  let [area, x, y, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  eachEdge(polygon, ([ax, ay], [bx, by]) => {
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += (cross * (ax + bx)) / 6;
    y += (cross * (ay + by)) / 6;
    xx += (cross * (ax * ax + ax * bx + bx * bx)) / 12;
    xy += (cross * (2 * ax * ay + ax * by + bx * ay + 2 * bx * by)) / 24;
    yy += (cross * (ay * ay + ay * by + by * by)) / 12;
  });
  if (area === 0) return { area: 0, centre: [0, 0], xx: 0, xy: 0, yy: 0 };
  const [cx, cy] = [x / area, y / area];
  return {
    area: Math.abs(area),
    centre: [cx, cy],
    xx: xx / area - cx * cx,
    xy: xy / area - cx * cy,
    yy: yy / area - cy * cy,
  };
}

/** Area by the shoelace formula, for either orientation. */
export function areaOf(polygon: Polygon): number {
  let twice = 0;
  eachEdge(polygon, ([ax, ay], [bx, by]) => {
    twice += ax * by - bx * ay;
  });
  return Math.abs(twice) / 2;
}

export function perimeterOf(polygon: Polygon): number {
  let length = 0;
  eachEdge(polygon, ([ax, ay], [bx, by]) => {
    length += Math.hypot(bx - ax, by - ay);
  });
  return length;
}

/** The largest distance between two corners: the largest Feret (calliper) diameter. */
export function feretDiameterOf(polygon: Polygon): number {
  let square = 0;
  polygon.forEach(([ax, ay], i) => {
    for (let k = i + 1; k < polygon.length; k += 1) {
      const [bx, by] = polygon[k] ?? [ax, ay];
      square = Math.max(square, (bx - ax) ** 2 + (by - ay) ** 2);
    }
  });
  return Math.sqrt(square);
}

/**
 * The polygon with every corner smoothed over its neighbours, two on either side, with the binomial weights 1 4 6 4 1.
 */
export function smoothed(polygon: Polygon): Polygon {
  const count = polygon.length;
  const at = (i: number): Point => polygon[(i + count) % count] ?? [0, 0];
  return polygon.map((own, i) => {
    const [a, b, c, d] = [at(i - 2), at(i - 1), at(i + 1), at(i + 2)];
    const mean = (axis: 0 | 1): number =>
      (a[axis] + 4 * b[axis] + 6 * own[axis] + 4 * c[axis] + d[axis]) / 16;
    return [mean(0), mean(1)];
  });
}

/**
 * Removes corners, always the one whose triangle with its neighbours is smallest, until at most `most` are left and
 * none spans less than `area`; at least three are kept.
 *
 * @param area in squares of the polygon's unit
 * @see M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated elimination of points", Cartographic Journal 30
 *   (1993)
 */
export function simplified(polygon: Polygon, most: number, area: number): Polygon {
  const left = [...polygon];
  const spans = left.map((_, i) => spanAt(left, i));
  while (left.length > 3) {
    const least = indexOfLeast(spans);
    if (left.length <= most && (spans[least] ?? 0) >= area) break;
    left.splice(least, 1);
    spans.splice(least, 1);
    for (const i of [least - 1, least]) {
      const at = (i + left.length) % left.length;
      spans[at] = spanAt(left, at);
    }
  }
  return left;
}

/** Area of the triangle of a corner and its two neighbours. */
function spanAt(polygon: Polygon, i: number): number {
  const count = polygon.length;
  const [a, b, c] = [polygon[(i + count - 1) % count], polygon[i], polygon[(i + 1) % count]];
  if (a === undefined || b === undefined || c === undefined) return 0;
  return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
}

function indexOfLeast(values: readonly number[]): number {
  let least = 0;
  for (let i = 1; i < values.length; i += 1) if ((values[i] ?? 0) < (values[least] ?? 0)) least = i;
  return least;
}

/** Calls for each side of the polygon, the closing one included. */
export function eachEdge(polygon: Polygon, visit: (from: Point, to: Point) => void): void {
  let from = polygon.at(-1);
  for (const to of polygon) {
    if (from !== undefined) visit(from, to);
    from = to;
  }
}
