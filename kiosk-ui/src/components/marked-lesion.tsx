import type { JSX } from 'preact';
import type { PatientLesion } from '#protocol/patients.ts';
import { lesionName } from '../format/sites.ts';
import { t } from '../i18n/translate.ts';
import { MarkIcon } from './mark-icon.tsx';

interface MarkedLesionProps {
  readonly lesion: PatientLesion;
  /** Listed under its site, which need not be repeated. */
  readonly atSite?: boolean;
  readonly onOpen: (lesion: PatientLesion) => void;
}

/** A lesion with the mark of its last result; opens its timeline. */
export function MarkedLesion({ lesion, atSite = false, onOpen }: MarkedLesionProps): JSX.Element {
  const mark = lesion.last?.mark;
  const closed = lesion.lesion.closed !== undefined;
  return (
    <button
      type="button"
      class="choice-button lesion-button"
      onClick={() => {
        onOpen(lesion);
      }}
    >
      <MarkIcon mark={mark ?? 'none'} closed={closed} />
      <span class="lesion-name">
        {atSite && lesion.lesion.label !== '' ? lesion.lesion.label : lesionName(lesion.lesion)}
      </span>
      {closed && <span class="row-quiet">{t('lesion.closed')}</span>}
      <span class="visually-hidden">{mark === undefined ? t('patients.unmarked') : t(`band.${mark}`)}</span>
    </button>
  );
}
