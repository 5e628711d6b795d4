import type { JSX } from 'preact';
import { Icon } from './icon.tsx';
import { t } from '../i18n/translate.ts';

interface BackspaceKeyProps {
  readonly press: (key: string) => void;
}

/** Deletes the last character. */
export function BackspaceKey({ press }: BackspaceKeyProps): JSX.Element {
  return (
    <button
      type="button"
      class="typing-key typing-quiet"
      aria-label={t('typing.erase')}
      onClick={() => {
        press('Backspace');
      }}
    >
      <Icon name="erase" />
    </button>
  );
}

interface EnterKeyProps extends BackspaceKeyProps {
  readonly label: string;
  /** What has been typed: an empty text cannot be entered. */
  readonly value: string;
}

export function EnterKey({ press, label, value }: EnterKeyProps): JSX.Element {
  return (
    <button
      type="button"
      class="typing-key typing-enter"
      disabled={value === ''}
      onClick={() => {
        press('Enter');
      }}
    >
      {label}
    </button>
  );
}
