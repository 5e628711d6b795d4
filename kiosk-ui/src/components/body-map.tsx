import type { JSX } from 'preact';
import type { BodySite, BodyView } from '#protocol/body-sites.ts';
import { siteName } from '../format/sites.ts';
import { t } from '../i18n/translate.ts';
import { DRAWINGS, MAP_HEIGHT, MAP_MARGIN, MAP_WIDTH } from './body-shapes.ts';

interface BodyMapProps {
  readonly view: BodyView;
  readonly chosen: BodySite | undefined;
  readonly onChoose: (site: BodySite) => void;
}

/** A body map of large sites to touch. The patient faces the viewer: right and left are the patient's. */
export function BodyMap({ view, chosen, onChoose }: BodyMapProps): JSX.Element {
  const { shapes, rest, sides } = DRAWINGS[view];
  return (
    <svg
      class="body-map"
      viewBox={`${MAP_MARGIN} 0 ${MAP_WIDTH - 2 * MAP_MARGIN} ${MAP_HEIGHT}`}
      role="group"
      aria-label={t(`body.${view}`)}
    >
      {rest.map((path) => (
        <path key={path} class="body-outline" d={path} />
      ))}
      {shapes.map(({ site, path }) => (
        <path
          key={site}
          class="body-site"
          d={path}
          role="button"
          tabIndex={0}
          data-site={site}
          aria-label={siteName(site)}
          aria-pressed={site === chosen}
          onClick={() => {
            onChoose(site);
          }}
          onKeyDown={({ key }) => {
            if (key === 'Enter' || key === ' ') onChoose(site);
          }}
        />
      ))}
      {sides.map(([x, y, side]) => (
        <text key={x} class="body-side" x={x} y={y} text-anchor="middle" aria-hidden="true">
          {t(`side.${side}.short`)}
        </text>
      ))}
    </svg>
  );
}
