import type { ComponentChildren, JSX } from 'preact';
import { OperatorTag } from './operator-tag.tsx';
import { PatientTag } from './patient-tag.tsx';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface PageHeadProps {
  readonly title: string;
  readonly onBack: () => void;
  /** Shows the current patient: only on pages that are about them or their next capture. */
  readonly ofPatient?: boolean;
  readonly children?: ComponentChildren;
}

/** Back button, always in the same corner, and the page title. */
export function PageHead({ title, onBack, ofPatient = false, children }: PageHeadProps): JSX.Element {
  return (
    <header class="page-head">
      <TouchButton label={t('back')} icon="back" tone="quiet" leaves onPress={onBack} />
      <h1>{title}</h1>
      {children}
      <OperatorTag />
      {ofPatient && <PatientTag />}
    </header>
  );
}
