import type { JSX } from 'preact';
import { lesionName } from '../format/sites.ts';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** The patient and lesion that everything on this screen is about; nothing if none is selected. */
export function PatientTag(): JSX.Element | null {
  const context = view.value?.context;
  if (context === undefined) return null;
  const { reference, lesion, contraIndicated } = context;
  return (
    <p class="context-tag" data-testid="context">
      <Icon name="patient" />
      <span class="context-text">
        <strong>{reference}</strong>
        {lesion !== undefined && <span>{lesionName(lesion)}</span>}
      </span>
      {contraIndicated !== undefined && (
        <span class="context-flag">
          <Icon name="warning" />
          <span>{t('contra.tag')}</span>
        </span>
      )}
    </p>
  );
}
