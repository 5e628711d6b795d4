import type { JSX } from 'preact';
import type { Statement } from '#protocol/view.ts';
import { MARK_PATHS } from './marks.ts';
import { localDay } from '../format/dates.ts';

export interface CoursePoint {
  /** ISO 8601. */
  readonly at: string;
  readonly value: number;
  readonly mark: Statement | 'plain';
  /** Points of the same line are joined: their values have one scale. */
  readonly line: string;
}

interface CoursePlotProps {
  readonly title: string;
  /** In chronological order. */
  readonly points: readonly CoursePoint[];
  /** The upper end of the scale; the lower end is 0. */
  readonly most: number;
  /** A horizontal reference line with a label. */
  readonly limit?: { readonly at: number; readonly words: string };
  readonly inWords: (value: number) => string;
  /** Format of the axis labels; `inWords` by default. */
  readonly tickWords?: (value: number) => string;
}

/** Size and margins of the drawing, in its own units. */
const WIDTH = 320;
const HEIGHT = 110;
const LEFT = 44;
const RIGHT = 10;
const FOOT = 20;
const TOP = 8;

/** Values over time, spaced in proportion to time. */
export function CoursePlot({
  title,
  points,
  most,
  limit,
  inWords,
  tickWords = inWords,
}: CoursePlotProps): JSX.Element {
  const times = points.map(({ at }) => Date.parse(at));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const x = (time: number): number =>
    last === first
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + 8 + ((time - first) / (last - first)) * (WIDTH - RIGHT - 8 - LEFT);
  const y = (value: number): number => HEIGHT - FOOT - (value / most) * (HEIGHT - FOOT - TOP);
  const places = points.map((point, i) => ({ ...point, x: x(times[i] ?? 0), y: y(point.value) }));
  const label = `${title}: ${points.map(({ at, value }) => `${localDay(at)} ${inWords(value)}`).join(', ')}`;
  return (
    <figure class="trend-plot">
      <figcaption>
        <span>{title}</span>
        {limit !== undefined && <span class="trend-threshold">{limit.words}</span>}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {[0, most / 2, most].map((tick) => (
          <g key={tick}>
            <line class="axis" x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
            <text class="axis-number" x={LEFT - 6} y={y(tick)} dy="0.35em">
              {tickWords(tick)}
            </text>
          </g>
        ))}
        {limit !== undefined && (
          <line class="trend-limit" x1={LEFT} x2={WIDTH} y1={y(limit.at)} y2={y(limit.at)} />
        )}
        {linesOf(places).map((line) => (
          <polyline
            key={line[0]?.at}
            class="trend-line"
            points={line.map((place) => `${place.x},${place.y}`).join(' ')}
          />
        ))}
        {places.map((place) => (
          <path
            key={place.at}
            class={`mark mark-${place.mark}`}
            d={MARK_PATHS[place.mark]}
            transform={`translate(${place.x} ${place.y})`}
          />
        ))}
        {namesOf(points).map(({ at, anchor }) => (
          <text key={anchor} class="axis-name" x={x(Date.parse(at))} y={HEIGHT - 4} text-anchor={anchor}>
            {localDay(at)}
          </text>
        ))}
      </svg>
    </figure>
  );
}

/** Consecutive points of one scale, joined. */
function linesOf<Place extends CoursePoint>(places: readonly Place[]): readonly (readonly Place[])[] {
  const lines: Place[][] = [];
  for (const place of places) {
    const current = lines.at(-1);
    if (current?.[0]?.line === place.line) current.push(place);
    else lines.push([place]);
  }
  return lines;
}

/** The first and the last date, if they differ. */
function namesOf(
  points: readonly CoursePoint[],
): readonly { readonly at: string; readonly anchor: 'start' | 'middle' | 'end' }[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (localDay(first.at) === localDay(last.at))
    return [{ at: last.at, anchor: first === last ? 'middle' : 'end' }];
  return [
    { at: first.at, anchor: 'start' },
    { at: last.at, anchor: 'end' },
  ];
}
