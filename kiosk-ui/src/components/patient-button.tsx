import type { JSX } from 'preact';
import { open, view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { PatientTag } from './patient-tag.tsx';
import { Icon } from './icon.tsx';

/** Opens the patient page from the live preview; shows the selected patient, if any. */
export function PatientButton(): JSX.Element {
  const known = view.value?.context !== undefined;
  return (
    <button
      type="button"
      class="context-button"
      data-testid="patient"
      onClick={() => {
        open('patient');
      }}
    >
      {known ? (
        <PatientTag />
      ) : (
        <>
          <Icon name="patient" />
          <span>{t('patient')}</span>
        </>
      )}
    </button>
  );
}
