import type { ComponentChildren, JSX } from 'preact';
import type { Language } from '#protocol/languages.ts';
import type { TextSize, Theme } from '#protocol/theme.ts';
import {
  CARD_PREVALENCE,
  PREVALENCE_PRESETS,
  prevalenceOf,
  type PrevalencePreset,
} from '#protocol/prevalence.ts';
import type { RetentionMode } from '#protocol/retention.ts';
import type {
  UserSetting,
  SettingChange,
  SettingEntry,
  SettingsSnapshot,
  SettingValue,
} from '#protocol/settings.ts';
import { decimals, interval } from '../format/interval.ts';
import { local, percent } from '../format/numbers.ts';
import { Choice } from '../components/choice.tsx';
import { Icon } from '../components/icon.tsx';
import { noteOf, Stepper } from '../components/stepper.tsx';
import { t } from '../i18n/translate.ts';

export type Unlocked = NonNullable<SettingsSnapshot['unlocked']>;

interface GroupProps {
  readonly unlocked: Unlocked;
  readonly onChange: (change: SettingChange) => void;
}

/** Each in its own language, so that users who cannot read the current one find theirs. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  pt: 'Português (Brasil)',
};

const GATE = ['gateFocus', 'gateDark', 'gateHair', 'gateGlare', 'gateInk'] as const;

export function ScreenSettings({ unlocked, onChange }: GroupProps): JSX.Element {
  return (
    <div class="settings-group">
      <LanguageSetting {...{ unlocked, onChange }} />
      <div class="settings-pair">
        <OneOf
          setting="sound"
          {...{ unlocked, onChange }}
          name={(value) => t(value === 'true' ? 'settings.on' : 'settings.off')}
        />
        <OneOf
          setting="theme"
          {...{ unlocked, onChange }}
          name={(value) => t(`settings.theme.${value as Theme}`)}
        />
      </div>
      <div class="settings-pair">
        <OneOf
          setting="textSize"
          {...{ unlocked, onChange }}
          name={(value) => t(`settings.text.${value as TextSize}`)}
        />
        <Steps
          setting="brightness"
          {...{ unlocked, onChange }}
          inWords={(value) => local(`${String(value)}\u00a0%`)}
          note={t(`settings.dims.${unlocked.dims}`)}
        />
      </div>
      <Steps setting="idleSeconds" {...{ unlocked, onChange }} inWords={duration} />
    </div>
  );
}

export function LanguageSetting(props: GroupProps): JSX.Element {
  return <OneOf setting="language" {...props} name={(value) => LANGUAGE_NAMES[value as Language]} />;
}

export function GateSettings({ unlocked, onChange }: GroupProps): JSX.Element {
  const otherwise = GATE.some((setting) => {
    const entry = entryOf(unlocked, setting);
    return entry?.value !== entry?.default;
  });
  return (
    <div class="settings-group">
      {GATE.map((setting) => (
        <Steps
          key={setting}
          setting={setting}
          {...{ unlocked, onChange }}
          inWords={(value) => percent(Number(value), 1)}
        />
      ))}
      {otherwise ? (
        <p class="settings-caution">
          <Icon name="warning" /> <span>{t('settings.gate.caution')}</span>
        </p>
      ) : (
        <p class="small">{t('settings.gate.reading')}</p>
      )}
    </div>
  );
}

export function PictureSettings({ unlocked, onChange }: GroupProps): JSX.Element {
  const kept = entryOf(unlocked, 'retention')?.value !== 'off';
  return (
    <div class="settings-group">
      <OneOf
        setting="retention"
        {...{ unlocked, onChange }}
        name={(value) => t(`settings.retention.${value as RetentionMode}`)}
      />
      {kept && (
        <Steps
          setting="retentionDays"
          {...{ unlocked, onChange }}
          inWords={(value) => t('settings.days', { count: Number(value) })}
        />
      )}
      <OneOf
        setting="askNextPatient"
        {...{ unlocked, onChange }}
        name={(value) => t(value === 'true' ? 'settings.on' : 'settings.off')}
      />
      <p class="small">{t(kept ? 'settings.pictures.reading' : 'settings.pictures.none')}</p>
    </div>
  );
}

/** @param props.children beside the last choice */
export function DeviceSettings(props: GroupProps & { readonly children?: ComponentChildren }): JSX.Element {
  const { unlocked, onChange, children } = props;
  return (
    <div class="settings-group">
      <OneOf setting="camera" {...{ unlocked, onChange }} name={driverName} />
      <OneOf setting="button" {...{ unlocked, onChange }} name={driverName} />
      <div class="settings-pair">
        <OneOf
          setting="autoCapture"
          {...{ unlocked, onChange }}
          name={(value) => t(value === 'true' ? 'settings.on' : 'settings.off')}
        />
        {children}
      </div>
      <p class="small">{t('settings.devices.reading')}</p>
    </div>
  );
}

/** The operating points of the model card with their figures; no other threshold can be set. */
export function PointSettings({ unlocked, onChange }: GroupProps): JSX.Element {
  const entry = entryOf(unlocked, 'operatingPoint');
  if (entry === undefined || unlocked.operatingPoints.length === 0)
    return <p class="pending">{t('about.no-model')}</p>;
  return (
    <div class="settings-group">
      <div class="points" role="group" aria-label={t('points.name')}>
        {unlocked.operatingPoints.map((point) => (
          <button
            key={point.name}
            type="button"
            class="choice-button point"
            data-value={point.name}
            aria-pressed={point.name === entry.value}
            disabled={entry.by === 'environment' && point.name !== entry.value}
            onClick={() => {
              if (point.name !== entry.value) onChange({ setting: 'operatingPoint', value: point.name });
            }}
          >
            <span class="point-name">
              {point.name === entry.value && <Icon name="check" />}
              <span>
                {t('points.threshold')} {local(String(point.threshold))}
                {point.default && <span class="point-default"> · {t('settings.point.standard')}</span>}
              </span>
            </span>
            <Worth name={t('points.sensitivity')} figure={point.sensitivity} />
            <Worth name={t('points.specificity')} figure={point.specificity} />
          </button>
        ))}
      </div>
      {entry.by === 'environment' && (
        <p class="small">{t('settings.pinned', { variable: entry.variable })}</p>
      )}
      <p class="small">{t('settings.point.reading')}</p>
      <PrevalenceSetting {...{ unlocked, onChange }} />
    </div>
  );
}

/** The share of malignant lesions for which the percentages are stated. */
export function PrevalenceSetting({ unlocked, onChange }: GroupProps): JSX.Element {
  return (
    <>
      <Steps setting="prevalence" {...{ unlocked, onChange }} inWords={prevalenceWords} />
      <p class="small">{t('settings.prevalence.reading')}</p>
    </>
  );
}

/** A preset by name and share. */
function prevalenceWords(value: SettingValue): string {
  const name = String(value);
  if (name === CARD_PREVALENCE) return t('settings.prevalence.card');
  const share = percent(prevalenceOf(name, 0) ?? 0, 0);
  return isPreset(name) ? `${share} · ${t(`settings.prevalence.${name}`)}` : share;
}

function isPreset(name: string): name is PrevalencePreset {
  return Object.hasOwn(PREVALENCE_PRESETS, name);
}

function Worth({
  name,
  figure,
}: {
  readonly name: string;
  readonly figure: Unlocked['operatingPoints'][number]['sensitivity'];
}): JSX.Element {
  return (
    <span class="point-figures">
      <span>{name}</span>
      <span>
        {decimals(figure.value)} {interval(figure, decimals)}
      </span>
    </span>
  );
}

interface OneProps extends GroupProps {
  readonly setting: UserSetting;
}

function Steps({
  unlocked,
  setting,
  onChange,
  ...words
}: OneProps & {
  readonly inWords: (value: SettingValue) => string;
  readonly note?: string;
}): JSX.Element | null {
  const entry = entryOf(unlocked, setting);
  if (entry === undefined) return null;
  const label = t(`setting.${setting as 'gateFocus'}`);
  return (
    <Stepper
      {...{ label, entry, ...words }}
      onChange={(value) => {
        onChange({ setting, value });
      }}
    />
  );
}

/** One of several options; if fixed by the environment, only that one. */
export function OneOf({
  unlocked,
  setting,
  onChange,
  name,
}: OneProps & { readonly name: (value: string) => string }): JSX.Element | null {
  const entry = entryOf(unlocked, setting);
  if (entry === undefined) return null;
  const pinned = entry.by === 'environment';
  const label = t(`setting.${setting as 'language'}`);
  const values = pinned ? [entry.value] : entry.choices;
  return (
    <Choice
      title={pinned ? `${label} · ${noteOf(entry, String)}` : label}
      options={values.map((value) => ({ value: String(value), label: name(String(value)) }))}
      chosen={String(entry.value)}
      onChoose={(text) => {
        const value = entry.choices.find((choice) => String(choice) === text);
        if (value !== undefined) onChange({ setting, value });
      }}
      onWithdraw={() => undefined}
    />
  );
}

function entryOf(unlocked: Unlocked, setting: UserSetting): SettingEntry | undefined {
  return unlocked.entries.find((entry) => entry.setting === setting);
}

function duration(value: SettingValue): string {
  const seconds = Number(value);
  if (seconds === 0) return t('settings.never');
  return seconds % 60 === 0
    ? t('settings.minutes', { count: seconds / 60 })
    : t('settings.seconds', { count: seconds });
}

/** A driver without a translated name is shown by its program name. */
export function driverName(driver: string): string {
  switch (driver) {
    case 'auto':
    case 'phantom':
    case 'replay':
    case 'virtual':
    case 'input':
    case 'libcamera':
    case 'v4l2':
    case 'gstreamer':
    case 'gpiod':
    case 'onoff':
      return t(`driver.${driver}`);
    default:
      return driver;
  }
}
