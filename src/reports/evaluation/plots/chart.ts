import type { Point } from '../curves.ts';

export interface Axis {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** An axis of fractions, 0–1. */
export function shares(label: string): Axis {
  return { label, low: 0, high: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };
}

/** Value ranges and pixel ranges of a chart. */
export type Place = (point: Point) => Point;

/** Dark ink on white, and two colours that are distinguishable for the colour-blind and in greyscale. */
export const INK = '#1b2733';
export const FAINT = '#8a97a3';
export const GRID = '#e3e8ec';
export const BLUE = '#0b5fa5';
export const ORANGE = '#c4540a';

/** A curve of the sample, and its reference line. */
export const CURVE = `stroke="${BLUE}" stroke-width="2.5" stroke-linejoin="round"`;
export const REFERENCE = `stroke="${FAINT}" stroke-width="1.5" stroke-dasharray="6 5"`;

/** Size and margins of a chart, in pixels. */
const SIZE = 560;
const PLOT = { left: 74, top: 64, width: 456, height: 420 } as const;

export interface ChartOptions {
  readonly title: string;
  readonly subtitle: string;
  readonly x: Axis;
  readonly y: Axis;
}

/** A complete SVG file: title, grid, axes, and whatever `draw` adds. */
export function chart(options: ChartOptions, draw: (place: Place) => readonly string[]): string {
  const { title, subtitle, x, y } = options;
  const place: Place = ([a, b]) => [
    PLOT.left + (PLOT.width * (a - x.low)) / (x.high - x.low),
    PLOT.top + PLOT.height - (PLOT.height * (b - y.low)) / (y.high - y.low),
  ];
  return picture(title, subtitle, [...gridOf(x, y, place), ...draw(place), ...namesOf(x, y)]);
}

/** An SVG file with its heading. */
export function picture(title: string, subtitle: string, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" role="img"`,
    ` aria-label="${escaped(`${title}. ${subtitle}`)}" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13" fill="${INK}">\n`,
    `<rect width="${SIZE}" height="${SIZE}" fill="#fff"/>\n`,
    words([24, 30], title, 'font-size="17" font-weight="600"'),
    words([24, 50], subtitle, `fill="#51606d"`),
    ...content,
    '</svg>\n',
  ].join('');
}

function gridOf(x: Axis, y: Axis, place: Place): string[] {
  const [below, beside] = [tickTexts(x.ticks), tickTexts(y.ticks)];
  const upright = x.ticks.flatMap((tick, i) => [
    line(
      [
        [tick, y.low],
        [tick, y.high],
      ],
      place,
      `stroke="${GRID}"`,
    ),
    words(moved(place([tick, y.low]), [0, 20]), below[i] ?? '', 'text-anchor="middle"'),
  ]);
  const level = y.ticks.flatMap((tick, i) => [
    line(
      [
        [x.low, tick],
        [x.high, tick],
      ],
      place,
      `stroke="${GRID}"`,
    ),
    words(moved(place([x.low, tick]), [-10, 4.5]), beside[i] ?? '', 'text-anchor="end"'),
  ]);
  const frame = line(
    [
      [x.low, y.high],
      [x.low, y.low],
      [x.high, y.low],
    ],
    place,
    `stroke="${INK}"`,
  );
  return [...upright, ...level, frame];
}

function namesOf(x: Axis, y: Axis): string[] {
  const middle: Point = [PLOT.left + PLOT.width / 2, PLOT.top + PLOT.height / 2];
  const [left, bottom] = [24, PLOT.top + PLOT.height + 46];
  return [
    words([middle[0], bottom], x.label, 'text-anchor="middle"'),
    words([left, middle[1]], y.label, `text-anchor="middle" transform="rotate(-90 ${left} ${middle[1]})"`),
  ];
}

/** As many digits as any tick of the axis needs, and a true minus sign. */
function tickTexts(ticks: readonly number[]): string[] {
  const digits = Math.max(...ticks.map((tick) => String(Number(tick.toFixed(4))).split('.')[1]?.length ?? 0));
  return ticks.map((tick) => tick.toFixed(digits).replace('-', '−'));
}

/** A polyline. @param style SVG attributes */
export function line(points: readonly Point[], place: Place, style: string): string {
  return `<polyline points="${points.map((point) => pair(place(point))).join(' ')}" fill="none" ${style}/>\n`;
}

/** A closed, filled area. @param style SVG attributes */
export function area(points: readonly Point[], place: Place, style: string): string {
  return `<polygon points="${points.map((point) => pair(place(point))).join(' ')}" ${style}/>\n`;
}

/** @param at in pixels */
export function words(at: Point, text: string, style = ''): string {
  return `<text x="${short(at[0])}" y="${short(at[1])}" ${style}>${escaped(text)}</text>\n`;
}

export function moved([x, y]: Point, [dx, dy]: Point): Point {
  return [x + dx, y + dy];
}

/** The symbol of a series in a chart and its legend; `at` in pixels. */
export type Mark = (at: Point) => string;

/** Legend entries, one below the other. @param at of the first, in pixels */
export function key(at: Point, entries: readonly { readonly mark: Mark; readonly text: string }[]): string {
  const width = 44 + 6.6 * Math.max(...entries.map(({ text }) => text.length));
  const box = `<rect x="${short(at[0] - 12)}" y="${short(at[1] - 16)}" width="${short(width)}" height="${entries.length * 20 + 12}" fill="#fff" fill-opacity="0.88" stroke="${GRID}"/>\n`;
  const rows = entries.map(({ mark, text }, i) => {
    const here = moved(at, [0, 20 * i]);
    return mark(moved(here, [8, 0])) + words(moved(here, [28, 4.5]), text, 'font-size="12"');
  });
  return box + rows.join('');
}

/** A short line, for the legend. */
export const stroke =
  (style: string): Mark =>
  ([x, y]) =>
    `<line x1="${short(x - 12)}" y1="${short(y)}" x2="${short(x + 12)}" y2="${short(y)}" ${style}/>\n`;

export function pair([x, y]: Point): string {
  return `${short(x)},${short(y)}`;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** Escapes text for markup and attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
