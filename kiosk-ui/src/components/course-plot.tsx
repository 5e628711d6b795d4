import type { JSX } from 'preact';
import { bordersOf, runsOf } from '../format/course.ts';
import type { Axis } from '../format/course-axis.ts';
import { localDay } from '../format/dates.ts';
import { MARK_PATHS, type Mark } from './marks.ts';

export interface CoursePoint {
  /** ISO 8601. */
  readonly at: string;
  readonly value: number;
  readonly mark: Mark;
  /** Points of the same line are joined: their values have one scale. Where it changes, it is named. */
  readonly line: string;
  /** The value that this one is compared with. */
  readonly limit?: number | undefined;
  /** Ringed: its histology is known. */
  readonly proven?: boolean;
}

interface CoursePlotProps {
  readonly title: string;
  /** In chronological order. */
  readonly points: readonly CoursePoint[];
  readonly axis: Axis;
  /** What the dashed lines and the rings are. */
  readonly legend?: readonly { readonly kind: 'limit' | 'proven'; readonly words: string }[];
  readonly inWords: (value: number) => string;
  /** Format of the axis labels; `inWords` by default. */
  readonly tickWords?: (value: number) => string;
}

/** Size and margins of the drawing, in its own units. */
const WIDTH = 320;
const HEIGHT = 110;
const LEFT = 56;
const RIGHT = 10;
const FOOT = 24;
const TOP = 8;

/** Values over time, spaced in proportion to time. */
export function CoursePlot(props: CoursePlotProps): JSX.Element {
  const { title, points, axis, legend = [], inWords, tickWords = inWords } = props;
  const x = timeScale(points);
  const y = (value: number): number => HEIGHT - FOOT - axis.place(value) * (HEIGHT - FOOT - TOP);
  const places = points.map((point) => ({ ...point, x: x(point.at), y: y(point.value) }));
  const label = `${title}: ${points.map(({ at, value }) => `${localDay(at)} ${inWords(value)}`).join(', ')}`;
  return (
    <figure class="trend-plot">
      <figcaption>
        <span>{title}</span>
        {legend.map(({ kind, words }) => (
          <span key={kind} class={`trend-key trend-key-${kind}`}>
            {words}
          </span>
        ))}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {axis.ticks.map((tick) => (
          <g key={tick}>
            <line class="axis" x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
            <text class="axis-number" x={LEFT - 6} y={y(tick)} dy="0.35em">
              {tickWords(tick)}
            </text>
          </g>
        ))}
        <Limits places={places} y={y} />
        <Lines places={places} />
        {places.map((place) => (
          <g key={place.at} transform={`translate(${place.x} ${place.y})`}>
            {place.proven === true && <circle class="trend-proven" r="9" />}
            <path class={`mark mark-${place.mark}`} d={MARK_PATHS[place.mark]} />
          </g>
        ))}
        {datesOf(points).map(({ at, anchor }) => (
          <text key={anchor} class="axis-name" x={x(at)} y={HEIGHT - 4} text-anchor={anchor}>
            {localDay(at)}
          </text>
        ))}
      </svg>
    </figure>
  );
}

function timeScale(points: readonly CoursePoint[]): (at: string) => number {
  const times = points.map(({ at }) => Date.parse(at));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return (at) =>
    last === first
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + 8 + ((Date.parse(at) - first) / (last - first)) * (WIDTH - RIGHT - 8 - LEFT);
}

type Place = CoursePoint & { readonly x: number; readonly y: number };

/** The values compared with, each as far as it applied. */
function Limits({
  places,
  y,
}: {
  readonly places: readonly Place[];
  readonly y: (value: number) => number;
}): JSX.Element {
  const runs = runsOf(places, ({ limit }) => limit);
  const borders = [LEFT, ...bordersOf(runs), WIDTH];
  return (
    <>
      {runs.map(([place], i) =>
        place?.limit === undefined ? null : (
          <line
            key={place.at}
            class="trend-limit"
            x1={borders[i]}
            x2={borders[i + 1]}
            y1={y(place.limit)}
            y2={y(place.limit)}
          />
        ),
      )}
    </>
  );
}

/** Values of one scale, joined; a rule where the next scale begins, with its name. */
function Lines({ places }: { readonly places: readonly Place[] }): JSX.Element {
  const runs = runsOf(places, ({ line }) => line);
  return (
    <>
      {runs.map((run) => (
        <polyline
          key={run[0]?.at}
          class="trend-line"
          points={run.map((place) => `${place.x},${place.y}`).join(' ')}
        />
      ))}
      {bordersOf(runs).map((border, i) => {
        const before = border > (LEFT + WIDTH) / 2;
        return (
          <g key={border}>
            <line class="trend-change" x1={border} x2={border} y1={0} y2={HEIGHT - FOOT} />
            <text
              class="axis-name trend-model"
              x={border + (before ? -4 : 4)}
              y={HEIGHT - FOOT - 3}
              text-anchor={before ? 'end' : 'start'}
            >
              {before ? `${runs[i + 1]?.[0]?.line ?? ''} →` : `→ ${runs[i + 1]?.[0]?.line ?? ''}`}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** The first and the last date, if they differ. */
function datesOf(
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
