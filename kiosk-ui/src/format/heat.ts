import type { HeatView } from '#protocol/view.ts';

/**
 * The finest detail of a heat map that is shown, as parts of its side. A network says one thing for a sixth or a seventh of the side at once;
 * a map that is given in more places has steps there which are no borders of skin.
 */
const FINEST = 10;

/**
 * A heat map enlarged without steps or stars: a uniform cubic B-spline over its places, whose centres lie at (i + ½) / side, repeated
 * outwards at the edges; the spline is as wide as `FINEST` says where the map has more places. It is scaled so that its warmest point is 1.
 *
 * @param side of the enlarged map
 * @returns side × side values, 0–1, row by row
 * @see M. Unser, "Splines: a perfect fit for signal and image processing", IEEE Signal Processing Magazine 16 (1999)
 */
export function enlarged(heat: HeatView, side: number): Float32Array {
  const taps = Array.from({ length: side }, (_, i) =>
    tapsAt(((i + 0.5) * heat.side) / side - 0.5, heat.side),
  );
  // First along the rows, then down the columns.
  const wide = Float32Array.from({ length: heat.side * side }, (_, i) => {
    const start = Math.floor(i / side) * heat.side;
    return sum(taps[i % side] ?? [], (x, across) => across * (heat.values[start + x] ?? 0));
  });
  const values = Float32Array.from({ length: side * side }, (_, i) =>
    sum(taps[Math.floor(i / side)] ?? [], (y, down) => down * (wide[y * side + (i % side)] ?? 0)),
  );
  const top = Math.max(...values);
  return top > 0 ? values.map((value) => value / top) : values;
}

/** An opacity and a colour from violet (cool) to yellow (warm), which differ in lightness too, so that they can be told apart without colour. */
export function heatColour(
  value: number,
): readonly [red: number, green: number, blue: number, alpha: number] {
  const at = Math.min(1, Math.max(0, value)) * (RAMP.length - 1);
  const low = Math.min(RAMP.length - 2, Math.floor(at));
  const mix = (channel: 0 | 1 | 2): number => {
    const [a, b] = [RAMP[low]?.[channel] ?? 0, RAMP[low + 1]?.[channel] ?? 0];
    return Math.round(a + (b - a) * (at - low));
  };
  const opacity = Math.min(1, Math.max(0, (value - CLEAR_TO) / (OPAQUE_FROM - CLEAR_TO)));
  return [mix(0), mix(1), mix(2), Math.round(255 * MOST_OPAQUE * opacity)];
}

const RAMP = [
  [58, 12, 120],
  [150, 30, 150],
  [225, 80, 90],
  [250, 165, 50],
  [252, 240, 120],
] as const;

/** The skin stays visible through the warmest place. */
const MOST_OPAQUE = 0.68;

/** Up to this value nothing is drawn. */
const CLEAR_TO = 0.12;

/** From this value on the colour alone tells more from less. */
const OPAQUE_FROM = 0.55;

type Tap = readonly [index: number, weight: number];

function tapsAt(place: number, side: number): readonly Tap[] {
  const width = Math.max(1, side / FINEST);
  const first = Math.floor(place - 2 * width) + 1;
  return Array.from({ length: Math.ceil(4 * width) }, (_, k) => {
    const index = Math.min(side - 1, Math.max(0, first + k));
    return [index, spline(Math.abs(place - first - k) / width) / width];
  });
}

function spline(x: number): number {
  if (x < 1) return (4 - 6 * x * x + 3 * x ** 3) / 6;
  return x < 2 ? (2 - x) ** 3 / 6 : 0;
}

function sum(taps: readonly Tap[], of: (index: number, weight: number) => number): number {
  return taps.reduce((total, [index, weight]) => total + of(index, weight), 0);
}
