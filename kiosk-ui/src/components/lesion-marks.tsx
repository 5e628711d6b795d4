import type { JSX } from 'preact';
import { partOf, SITES, type BodySite } from '#protocol/body-sites.ts';
import type { BodyDrawing } from './body-drawing.ts';
import type { Point } from './curves.ts';
import { MARK_PATHS, type Mark } from './marks.ts';

/** A lesion on the map. */
export interface MarkedSite {
  readonly site: BodySite;
  readonly mark: Mark;
  /** Drawn hollow. */
  readonly closed?: boolean;
}

/** Marks that fit on a region; the rest is counted. */
const MOST = 6;
const PER_ROW = 3;
const STEP = 15;
const SCALE = 1.15;

/** The lesions of a view, beside each other where they share a region. */
export function LesionMarks({
  drawing,
  marks,
}: {
  readonly drawing: BodyDrawing;
  readonly marks: readonly MarkedSite[];
}): JSX.Element {
  return (
    <g class="body-marks" aria-hidden="true">
      {regionsOf(drawing).map(({ at, has }) => (
        <MarksOfRegion key={at.join(' ')} at={at} marks={marks.filter(({ site }) => has(site))} />
      ))}
    </g>
  );
}

function MarksOfRegion({
  at: [x, y],
  marks,
}: {
  readonly at: Point;
  readonly marks: readonly MarkedSite[];
}): JSX.Element {
  const shown = marks.slice(0, marks.length > MOST ? MOST - 1 : MOST);
  const cells = shown.length + (shown.length < marks.length ? 1 : 0);
  const place = (i: number): Point => {
    const row = Math.floor(i / PER_ROW);
    const inRow = Math.min(PER_ROW, cells - row * PER_ROW);
    const rows = Math.ceil(cells / PER_ROW);
    return [x + ((i % PER_ROW) - (inRow - 1) / 2) * STEP, y + (row - (rows - 1) / 2) * STEP];
  };
  const [restX, restY] = place(shown.length);
  return (
    <>
      {shown.map(({ mark, closed = false }, i) => (
        <path
          key={i}
          class={`mark mark-${mark}${closed ? ' mark-closed' : ''}`}
          d={MARK_PATHS[mark]}
          transform={`translate(${place(i).join(' ')}) scale(${SCALE})`}
        />
      ))}
      {shown.length < marks.length && (
        <text class="mark-rest" x={restX} y={restY} dy="0.35em" text-anchor="middle">
          +{marks.length - shown.length}
        </text>
      )}
    </>
  );
}

/** Where lesions are marked, and of which sites: a part such as the hands stands for all sites of its own view. */
function regionsOf({
  sites,
  parts,
  sides,
}: BodyDrawing): readonly { at: Point; has: (site: BodySite) => boolean }[] {
  return [
    ...sites.map(({ name, mark }) => ({ at: mark, has: (site: BodySite) => site === name })),
    ...parts.map(({ name, mark }) => {
      const hasTwin = parts.filter((part) => part.name === name).length > 1;
      const nearest = sides.toSorted(([a], [b]) => Math.abs(a - mark[0]) - Math.abs(b - mark[0]))[0];
      return {
        at: mark,
        has: (site: BodySite) =>
          SITES[name].includes(site) && (!hasTwin || partOf(site).side === nearest?.[2]),
      };
    }),
  ];
}
