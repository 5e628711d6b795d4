import type { HeatView } from '#protocol/view.ts';

/**
 * Finest detail of a heat map that is shown: this many parts per side. A network has one value per sixth or seventh of
 * the side; a finer map has steps there that are not borders of the skin.
 */
const FINEST = 10;

/**
 * A heat map upsampled without steps or star artefacts: a uniform cubic B-spline over its cells, whose centres lie at
 * (i + ½) / side, with the edges repeated outwards; the spline is as wide as `FINEST` if the map has more cells. It is
 * scaled so that its maximum is 1.
 *
 * @param side of the upsampled map
 * @returns side × side values, 0–1, row by row
 * @see M. Unser, "Splines: a perfect fit for signal and image processing", IEEE Signal Processing Magazine 16 (1999)
 */
export function enlarged(heat: HeatView, side: number): Float32Array {
  const taps = Array.from({ length: side }, (_, i) =>
    tapsAt(((i + 0.5) * heat.side) / side - 0.5, heat.side),
  );
  // First along the rows, then along the columns.
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

/**
 * Opacity and a colour from violet (cool) to yellow (warm) that also differ in lightness, so that they can be
 * distinguished without colour.
 */
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

/** The skin stays visible at the warmest point. */
const MOST_OPAQUE = 0.68;

/** Nothing is drawn up to this value. */
const CLEAR_TO = 0.12;

/** From this value on only the colour changes. */
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
