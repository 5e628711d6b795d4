import type { JSX } from 'preact';
import { today } from '../format/calendar.ts';
import { openLog } from '../state/log-choice.ts';
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
        openLog({ patient: 'none', from: today(), to: today() });
      }}
    >
      <Icon name="log" />
      <span>{t('tray', { count })}</span>
    </button>
  );
}
