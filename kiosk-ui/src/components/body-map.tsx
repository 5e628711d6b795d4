import type { JSX } from 'preact';
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
  /** Called when the head, the hands or the feet are touched where they are too small for their sites. */
  readonly onView: (view: BodyView) => void;
  /** The patient's lesions: only their sites can be touched. */
  readonly marks?: readonly MarkedSite[];
}

/** A body map to touch. The patient faces the viewer: right and left are the patient's. */
export function BodyMap({ view, chosen, onChoose, onView, marks }: BodyMapProps): JSX.Element {
  const drawing = DRAWINGS[view];
  const { outline, sites, parts, details, sides } = drawing;
  const touchable = (site: BodySite): boolean => marks?.some((lesion) => lesion.site === site) ?? true;
  const clip = `body-${view}`;
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
            onClick={() => {
              onChoose(region.name);
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
