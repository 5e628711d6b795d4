import type { JSX } from 'preact';
import { ticksOf, type Bucket } from '../format/buckets.ts';

/** Size of the drawing, in its own units. */
const WIDTH = 480;
const HEIGHT = 166;
const LEFT = 44;
const FOOT = 18;
const TOP = 6;

/** Gap between two bars, as a fraction of the space for one. */
const GAP = 0.25;

interface DayBarsProps {
  readonly buckets: readonly Bucket[];
  /** Text alternative of the chart. */
  readonly label: string;
}

/** Stacked bars of sessions: analysed solid, not analysed hatched on top. */
export function DayBars({ buckets, label }: DayBarsProps): JSX.Element {
  const ticks = ticksOf(Math.max(...buckets.map(({ answered, unanswered }) => answered + unanswered)));
  const most = ticks.at(-1) ?? 1;
  const y = (count: number): number => HEIGHT - FOOT - (count / most) * (HEIGHT - FOOT - TOP);
  const room = (WIDTH - LEFT) / Math.max(1, buckets.length);
  const x = (i: number): number => LEFT + i * room;
  const width = room * (1 - GAP);
  return (
    <svg class="day-bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch" width="2.4" height="5" />
        </pattern>
      </defs>
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="axis" x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
          <text class="axis-number" x={LEFT - 6} y={y(tick)} dy="0.35em">
            {tick}
          </text>
        </g>
      ))}
      {buckets.map(({ from, answered, unanswered }, i) => (
        <g key={from}>
          <rect class="bar-analysed" x={x(i)} y={y(answered)} width={width} height={y(0) - y(answered)} />
          <rect
            class="bar-unanalysed"
            x={x(i)}
            y={y(answered + unanswered)}
            width={width}
            height={y(answered) - y(answered + unanswered)}
          />
        </g>
      ))}
      {namedOf(buckets.length).map((i) => (
        <text
          key={i}
          class="axis-name"
          x={x(i) + width / 2}
          y={HEIGHT - 3}
          text-anchor={anchorOf(i, buckets.length)}
        >
          {buckets[i]?.name}
        </text>
      ))}
    </svg>
  );
}

/** Indices of the labelled bars: the first, the last and those halfway between. */
function namedOf(count: number): readonly number[] {
  const parts = Math.min(4, count - 1);
  if (parts < 1) return [0];
  return Array.from({ length: parts + 1 }, (_, i) => Math.round((i * (count - 1)) / parts));
}

/** With many bars the outer labels are wider than their bars. */
function anchorOf(i: number, count: number): 'start' | 'middle' | 'end' {
  if (count < 8 || (i > 0 && i < count - 1)) return 'middle';
  return i === 0 ? 'start' : 'end';
}
