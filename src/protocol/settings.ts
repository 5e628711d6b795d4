import type { FaultCode } from './reasons.ts';

/** Settings that can be changed on the screen, in display order. All others belong to the installation. */
export const USER_SETTINGS = [
  'operatingPoint',
  'prevalence',
  'gateFocus',
  'gateDark',
  'gateHair',
  'gateGlare',
  'gateInk',
  'language',
  'sound',
  'brightness',
  'theme',
  'textSize',
  'idleSeconds',
  'autoCapture',
  'askNextPatient',
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
  /**
   * Source of the value: the default, the screen, or the environment (installation or fleet), which takes precedence
   * and cannot be changed here.
   */
  readonly by: 'default' | 'screen' | 'environment';
  /** The environment variable that fixes it. */
  readonly variable: string;
  /** Allowed values, in order. */
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

/** Everything the settings page shows. The settings themselves are sent only to an unlocked screen. */
export interface SettingsSnapshot {
  /** `none`: no PIN has been set, and until then nothing can be changed. */
  readonly pin: 'none' | 'set';
  /** Whether this screen may set the first PIN: it is the kiosk's own. */
  readonly localScreen: boolean;
  /** Until the next PIN attempt, ms; 0 for immediately. */
  readonly waitMs: number;
  readonly unlocked?: {
    readonly entries: readonly SettingEntry[];
    /** Of the loaded model's card; empty without a model. */
    readonly operatingPoints: readonly OperatingPointChoice[];
    /** What the brightness controls: the display's backlight, or the page only. */
    readonly dims: 'backlight' | 'picture';
  };
}

/** Response to any settings request: the current settings, or why it was rejected. */
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
