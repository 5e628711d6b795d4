import type { JSX } from 'preact';
import { t } from '../i18n/translate.ts';
import { TouchButton } from './touch-button.tsx';

interface YesOrNoProps {
  /** What yes means here. */
  readonly yes: string;
  /** Escape presses *No*: only where no other key goes back. */
  readonly leaves?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Below what is to be confirmed. */
export function YesOrNo({ yes, leaves = false, onYes, onNo }: YesOrNoProps): JSX.Element {
  return (
    <div class="patient-buttons">
      <TouchButton label={yes} icon="check" tone="main" size="large" onPress={onYes} />
      <TouchButton label={t('patient.no')} icon="cross" size="large" leaves={leaves} onPress={onNo} />
    </div>
  );
}
