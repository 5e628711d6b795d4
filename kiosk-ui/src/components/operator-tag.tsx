import type { JSX } from 'preact';
import { lockScreen } from '../connection/unlock.ts';
import { open } from '../state/state.ts';
import { unlocked } from '../state/unlock.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** Who has unlocked this screen; touched, it locks it. Nothing while nobody has. */
export function OperatorTag(): JSX.Element | null {
  const holder = unlocked.value;
  if (holder === undefined) return null;
  const name = holder.name ?? t('operators.technician');
  return (
    <button
      type="button"
      class="operator-tag"
      data-testid="operator"
      aria-label={`${name}: ${t('settings.lock')}`}
      onClick={() => {
        void lockScreen();
        open('live');
      }}
    >
      <Icon name="locked" />
      <span>{name}</span>
    </button>
  );
}
