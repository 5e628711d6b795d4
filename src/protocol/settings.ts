import type { FaultCode } from './reasons.ts';

/** What may be changed on the screen, in the order in which it is shown. All other settings belong to whoever installs the kiosk. */
export const USER_SETTINGS = [
  'operatingPoint',
  'gateFocus',
  'gateDark',
  'gateHair',
  'gateGlare',
  'gateInk',
  'language',
  'sound',
  'brightness',
  'idleSeconds',
  'retention',
  'retentionDays',
  'camera',
  'button',
] as const;

export type UserSetting = (typeof USER_SETTINGS)[number];

export type SettingValue = string | number | boolean;

export interface SettingEntry {
  readonly setting: UserSetting;
  readonly value: SettingValue;
  readonly default: SettingValue;
  /** Who decided: nobody, somebody at this screen, or the environment (the installation, or the fleet), which wins and cannot be changed here. */
  readonly by: 'default' | 'screen' | 'environment';
  /** The variable that pins it. */
  readonly variable: string;
  /** What it may be set to, in order. */
  readonly choices: readonly SettingValue[];
}

export interface OperatingPointChoice {
  readonly name: string;
  readonly threshold: number;
  readonly sensitivity: { readonly value: number; readonly low?: number; readonly high?: number };
  readonly specificity: { readonly value: number; readonly low?: number; readonly high?: number };
  /** The card's own default. */
  readonly default: boolean;
}

/** All that the settings screen shows. The settings themselves are told only to a screen that is unlocked. */
export interface SettingsSnapshot {
  /** `none`: nobody has set a PIN, and until then nothing can be changed. */
  readonly pin: 'none' | 'set';
  /** Whether this screen may set the first PIN: it is the kiosk's own. */
  readonly localScreen: boolean;
  /** Until the next try of a PIN, ms; 0 for at once. */
  readonly waitMs: number;
  readonly unlocked?: {
    readonly entries: readonly SettingEntry[];
    /** Of the loaded model's card; empty without one. */
    readonly operatingPoints: readonly OperatingPointChoice[];
    /** What the brightness turns: the display's own light, or the picture alone. */
    readonly dims: 'backlight' | 'picture';
  };
}

/** Answer to whatever a screen does about the settings: how they stand now, or why not. */
export type SettingsReply =
  | { readonly ok: true; readonly snapshot: SettingsSnapshot }
  | {
      readonly ok: false;
      readonly code: FaultCode;
      readonly message: string;
      readonly cure: string;
      readonly snapshot: SettingsSnapshot;
    };

export interface SettingChange {
  readonly setting: UserSetting;
  readonly value: SettingValue;
}

/** A PIN is so many digits. */
export const PIN_LENGTH = { least: 6, most: 12 } as const;
