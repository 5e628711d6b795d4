import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { BODY_VIEWS, SITES, type BodySite, type BodyView } from '#protocol/body-sites.ts';
import { LESION_MARKS, type PatientLesion } from '#protocol/patients.ts';
import { siteName } from '../format/sites.ts';
import { BodyMap } from '../components/body-map.tsx';
import { BodyViews } from '../components/body-views.tsx';
import { MarkIcon } from '../components/mark-icon.tsx';
import { MarkedLesion } from '../components/marked-lesion.tsx';
import { Paged } from '../components/paged.tsx';
import { t } from '../i18n/translate.ts';

/** Lesions of one site that fit beside the map. */
const LESIONS = 4;

interface PatientMapProps {
  readonly lesions: readonly PatientLesion[];
  readonly onOpen: (lesion: PatientLesion) => void;
}

/**
 * The lesions on the body: a site with one lesion opens its timeline, one with several lists them, as does a touch
 * between two marks that are close to each other.
 */
export function PatientMap({ lesions, onOpen }: PatientMapProps): JSX.Element {
  const at = (site: BodySite): readonly PatientLesion[] =>
    lesions.filter(({ lesion }) => lesion.site === site);
  const count = (name: BodyView): number => SITES[name].flatMap(at).length;
  const [view, setView] = useState<BodyView>(BODY_VIEWS.find((name) => count(name) > 0) ?? 'front');
  const [sites, setSites] = useState<readonly BodySite[]>([]);
  const show = (name: BodyView): void => {
    setView(name);
    setSites([]);
  };
  return (
    <div class="site-columns">
      <BodyViews view={view} count={count} onView={show} />
      <BodyMap
        view={view}
        chosen={sites.length === 1 ? sites[0] : undefined}
        marks={lesions.map(({ lesion, last }) => ({
          site: lesion.site,
          mark: last?.mark ?? 'none',
          closed: lesion.closed !== undefined,
        }))}
        onView={show}
        onChoose={(chosen) => {
          const [one, ...others] = at(chosen);
          if (one !== undefined && others.length === 0) onOpen(one);
          else setSites([chosen]);
        }}
        onSeveral={setSites}
      />
      <div class="map-side">
        {sites.length === 0 ? (
          <Legend
            any={lesions.length > 0}
            closed={lesions.some(({ lesion }) => lesion.closed !== undefined)}
          />
        ) : (
          <OfSites sites={sites} lesions={sites.flatMap(at)} onOpen={onOpen} />
        )}
      </div>
    </div>
  );
}

function OfSites({
  sites,
  lesions,
  onOpen,
}: PatientMapProps & { readonly sites: readonly BodySite[] }): JSX.Element {
  return (
    <>
      <h2>{sites.length === 1 ? sites.map(siteName) : t('patients.which')}</h2>
      <Paged key={sites.join(' ')} rows={lesions} perPage={LESIONS} bare>
        {(shown) =>
          shown.map((one) => (
            <MarkedLesion key={one.lesion.id} lesion={one} atSite={sites.length === 1} onOpen={onOpen} />
          ))
        }
      </Paged>
    </>
  );
}

function Legend({ any, closed }: { readonly any: boolean; readonly closed: boolean }): JSX.Element {
  return (
    <>
      <p>{any ? t('patients.touch') : t('patient.no-lesion')}</p>
      <ul class="map-legend">
        {[...LESION_MARKS, 'none' as const].map((mark) => (
          <li key={mark}>
            <MarkIcon mark={mark} />
            <span>{mark === 'none' ? t('patients.unmarked') : t(`band.${mark}`)}</span>
          </li>
        ))}
        {closed && (
          <li>
            <MarkIcon mark="plain" closed />
            <span>{t('lesion.closed')}</span>
          </li>
        )}
      </ul>
    </>
  );
}
