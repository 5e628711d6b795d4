import type { JSX, TargetedMouseEvent } from 'preact';
import type { BodySite, BodyView } from '#protocol/body-sites.ts';
import { siteName } from '../format/sites.ts';
import { t } from '../i18n/translate.ts';
import type { Region } from './body-drawing.ts';
import { LesionMarks, type MarkedSite } from './lesion-marks.tsx';
import { DRAWINGS, MAP_HEIGHT, MAP_MARGIN, MAP_WIDTH } from './body-shapes.ts';

interface BodyMapProps {
  readonly view: BodyView;
  readonly chosen: BodySite | undefined;
  readonly onChoose: (site: BodySite) => void;
  /** Called instead when a touch may mean the lesions of any of several sites. */
  readonly onSeveral?: (sites: readonly BodySite[]) => void;
  /** Called when the head, the hands or the feet are touched where they are too small for their sites. */
  readonly onView: (view: BodyView) => void;
  /** The patient's lesions: only their sites can be touched. */
  readonly marks?: readonly MarkedSite[];
}

/** A body map to touch. The patient faces the viewer: right and left are the patient's. */
export function BodyMap(props: BodyMapProps): JSX.Element {
  const { view, chosen, onChoose, onSeveral, onView, marks } = props;
  const drawing = DRAWINGS[view];
  const { outline, sites, parts, details, sides } = drawing;
  const touchable = (site: BodySite): boolean => marks?.some((lesion) => lesion.site === site) ?? true;
  const clip = `body-${view}`;
  const marked = marks === undefined ? [] : sites.filter(({ name }) => touchable(name));
  const touch = (site: BodySite, event: TargetedMouseEvent<SVGElement>): void => {
    const meant = new Set([site, ...markedNear(event, marked)]);
    if (meant.size > 1 && onSeveral !== undefined) onSeveral([...meant]);
    else onChoose(site);
  };
  return (
    <svg
      class="body-map"
      viewBox={`${MAP_MARGIN} 0 ${MAP_WIDTH - 2 * MAP_MARGIN} ${MAP_HEIGHT}`}
      role="group"
      aria-label={t(`body.${view}`)}
    >
      <clipPath id={clip}>
        {outline.map((path) => (
          <path key={path} d={path} />
        ))}
      </clipPath>
      {outline.map((path) => (
        <path key={path} class="body-outline" d={path} />
      ))}
      {parts.map((region) => (
        // A shortcut: the views have keys of their own beside the map.
        <g
          key={region.path}
          class="body-part"
          aria-hidden="true"
          onClick={() => {
            onView(region.name);
          }}
        >
          <RegionShapes {...{ region, clip }} />
        </g>
      ))}
      {sites
        .filter(({ name }) => !touchable(name))
        .map((region) => (
          <path key={region.name} class="body-skin" d={region.path} clip-path={`url(#${clip})`} />
        ))}
      {sites
        .filter(({ name }) => touchable(name))
        .map((region) => (
          <g
            key={region.name}
            class="body-site"
            role="button"
            tabIndex={0}
            data-site={region.name}
            aria-label={siteName(region.name)}
            aria-pressed={region.name === chosen}
            onClick={(event) => {
              touch(region.name, event);
            }}
            onKeyDown={({ key }) => {
              if (key === 'Enter' || key === ' ') onChoose(region.name);
            }}
          >
            <RegionShapes {...{ region, clip }} />
          </g>
        ))}
      {details.map((path) => (
        <path key={path} class="body-detail" d={path} />
      ))}
      {marks !== undefined && <LesionMarks drawing={drawing} marks={marks} />}
      {sides.map(([x, y, side]) => (
        <text key={x} class="body-side" x={x} y={y} text-anchor="middle" aria-hidden="true">
          {t(`side.${side}.short`)}
        </text>
      ))}
    </svg>
  );
}

/** How far from a mark a gloved finger lands that means it, in units: half the side of a target (`--glove`). */
const REACH = 1.95;

/** The sites whose mark a touch may have meant. */
function markedNear(
  { currentTarget, clientX, clientY }: TargetedMouseEvent<SVGElement>,
  regions: readonly Region<BodySite>[],
): readonly BodySite[] {
  const toScreen = currentTarget.ownerSVGElement?.getScreenCTM();
  if (toScreen === null || toScreen === undefined) return [];
  const reach = REACH * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const isNear = ({ mark: [x, y] }: Region<BodySite>): boolean => {
    const at = new DOMPoint(x, y).matrixTransform(toScreen);
    return Math.hypot(at.x - clientX, at.y - clientY) <= reach;
  };
  return regions.filter(isNear).map(({ name }) => name);
}

/** Touched as a whole, drawn where it is on the body. */
function RegionShapes({
  region: { path },
  clip,
}: {
  readonly region: Region<string>;
  readonly clip: string;
}): JSX.Element {
  return (
    <>
      <path class="body-touch" d={path} />
      <path class="body-skin" d={path} clip-path={`url(#${clip})`} />
    </>
  );
}
