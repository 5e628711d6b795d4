import type { ComponentChildren, JSX } from 'preact';
import type { HelpTopic } from '../i18n/help/topics.ts';
import { HelpButton } from './help-button.tsx';
import { OperatorTag } from './operator-tag.tsx';
import { PatientTag } from './patient-tag.tsx';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface PageHeadProps {
  readonly title: string;
  readonly onBack: () => void;
  /** Shows the current patient: only on pages that are about them or their next capture. */
  readonly ofPatient?: boolean;
  /** Of a page that is not the first one of its screen. */
  readonly help?: HelpTopic;
  readonly children?: ComponentChildren;
}

/** Back button, always in the same corner, the page title, and the key to its help. */
export function PageHead(props: PageHeadProps): JSX.Element {
  const { title, onBack, ofPatient = false, help, children } = props;
  return (
    <header class="page-head">
      <TouchButton label={t('back')} icon="back" tone="quiet" leaves onPress={onBack} />
      <h1>{title}</h1>
      {children}
      <OperatorTag />
      {ofPatient && <PatientTag />}
      <HelpButton topic={help} />
    </header>
  );
}
