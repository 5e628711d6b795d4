import type { JSX } from 'preact';
import { openWorklist } from '../state/worklist.ts';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** Today's results without a patient, if there are any: opens their list, where each can be assigned. */
export function UnassignedButton(): JSX.Element | null {
  const count = view.value?.unassigned ?? 0;
  if (count === 0) return null;
  return (
    <button
      type="button"
      class="context-button unassigned-button"
      data-testid="unassigned"
      onClick={() => {
        openWorklist('unassigned');
      }}
    >
      <Icon name="log" />
      <span>{t('tray', { count })}</span>
    </button>
  );
}
