import type { JSX } from 'preact';
import type { SettingEntry, SettingValue } from '#protocol/settings.ts';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface StepperProps {
  readonly label: string;
  readonly entry: SettingEntry;
  readonly inWords: (value: SettingValue) => string;
  /** An additional note. */
  readonly note?: string;
  readonly onChange: (value: SettingValue) => void;
}

/** A number changed in steps, without typing. */
export function Stepper({ label, entry, inWords, note, onChange }: StepperProps): JSX.Element {
  const { choices, value, by } = entry;
  const pinned = by === 'environment';
  const at = choices.indexOf(value);
  const step = (to: number): { readonly disabled: boolean; readonly onPress: () => void } => {
    const next = pinned || at < 0 ? undefined : choices[to];
    return {
      disabled: next === undefined,
      onPress: () => {
        if (next !== undefined) onChange(next);
      },
    };
  };
  return (
    <div class="stepper" role="group" aria-label={label} data-setting={entry.setting}>
      <span class="stepper-text">
        <span>{label}</span>
        <span class="small">{noteOf(entry, inWords, note)}</span>
      </span>
      {!pinned && (
        <TouchButton label={t('settings.less', { setting: label })} icon="minus" bare {...step(at - 1)} />
      )}
      <output class="stepper-value">{inWords(value)}</output>
      {!pinned && (
        <TouchButton label={t('settings.more', { setting: label })} icon="plus" bare {...step(at + 1)} />
      )}
    </div>
  );
}

/** The source of the value, if it is not the default. */
export function noteOf(
  { by, variable, value, default: standard }: SettingEntry,
  inWords: (value: SettingValue) => string,
  note?: string,
): string {
  const who =
    by === 'environment'
      ? t('settings.pinned', { variable })
      : value === standard
        ? t('settings.standard')
        : t('settings.other', { value: inWords(standard) });
  return note === undefined ? who : `${who} · ${note}`;
}
