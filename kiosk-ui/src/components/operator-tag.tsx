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
      <span class="operator-name">{name}</span>
      {holder.name !== undefined && <span class="operator-initials">{initialsOf(holder.name)}</span>}
    </button>
  );
}

/** Of the first and the last word: where there is no room for the name. The label has the name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = '', last] = [words[0], words.at(-1)];
  const letters = words.length === 1 ? first.slice(0, 3) : first.slice(0, 1) + (last ?? '').slice(0, 1);
  return letters.toUpperCase();
}
