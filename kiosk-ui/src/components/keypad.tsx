import type { JSX } from 'preact';
import { BackspaceKey, EnterKey } from './typing-keys.tsx';
import { useTyped, type Typing } from './use-typed.ts';
import { useOccupied } from '../state/occupied.ts';
import { t } from '../i18n/translate.ts';

interface KeypadProps extends Typing {
  /** Label of the Enter key. */
  readonly enter: string;
}

const DIGITS = Array.from('123456789');

/** Digits only, for a PIN or a number: large, in telephone order. */
export function Keypad({ enter, ...typing }: KeypadProps): JSX.Element {
  useOccupied();
  const press = useTyped(typing, (key) => /^[0-9]$/.test(key));
  const digit = (key: string): JSX.Element => (
    <button
      key={key}
      type="button"
      class="typing-key"
      onClick={() => {
        press(key);
      }}
    >
      {key}
    </button>
  );
  return (
    <div class="keypad" role="group" aria-label={t('typing.keypad')}>
      {DIGITS.map(digit)}
      <BackspaceKey press={press} />
      {digit('0')}
      <EnterKey press={press} label={enter} value={typing.value} />
    </div>
  );
}
