import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { keyRows } from './key-rows.ts';
import { BackspaceKey, EnterKey } from './typing-keys.tsx';
import { useTyped, type Typing } from './use-typed.ts';
import { useOccupied } from '../state/occupied.ts';
import { language } from '../i18n/language.ts';
import { t } from '../i18n/translate.ts';

interface KeyboardProps extends Typing {
  /** Codes start in capitals; a text starts with one capital. */
  readonly writes: 'code' | 'text';
  /** Label of the Enter key. */
  readonly enter: string;
}

/** On-screen keyboard for the language, usable with gloves: no key is smaller than a fingertip. */
export function Keyboard({ writes, enter, ...typing }: KeyboardProps): JSX.Element {
  useOccupied();
  const [capitals, setCapitals] = useState(writes === 'code' || typing.value === '');
  const press = useTyped(typing, (key) => key.length === 1);
  const rows = keyRows(language.value, writes);
  const character = (lower: string): JSX.Element => {
    // ß has no single capital letter.
    const key = capitals && lower !== 'ß' ? lower.toUpperCase() : lower;
    return (
      <button
        key={lower}
        type="button"
        class="typing-key"
        onClick={() => {
          press(key);
          if (writes === 'text') setCapitals(false);
        }}
      >
        {key}
      </button>
    );
  };
  return (
    <div class="keyboard" role="group" aria-label={t('typing.keyboard')}>
      <div class="typing-row">{rows.digits.map(character)}</div>
      <div class="typing-row">{rows.upper.map(character)}</div>
      <div class="typing-row typing-row-in">{rows.home.map(character)}</div>
      <div class="typing-row">
        <button
          type="button"
          class="typing-key typing-quiet"
          aria-label={t('typing.capitals')}
          aria-pressed={capitals}
          onClick={() => {
            setCapitals(!capitals);
          }}
        >
          <Icon name="capitals" />
        </button>
        {rows.lower.map(character)}
        <BackspaceKey press={press} />
      </div>
      <div class="typing-row">
        {rows.more.map(character)}
        <button
          type="button"
          class="typing-key typing-space"
          aria-label={t('typing.space')}
          onClick={() => {
            press(' ');
          }}
        />
        <EnterKey press={press} label={enter} value={typing.value} />
      </div>
    </div>
  );
}
