import { ConfigSchema, type Config } from '../config/schema.ts';
import {
  CARD_PREVALENCE,
  PREVALENCE_PRESETS,
  PREVALENCE_STEPS,
  prevalenceOf,
} from '../protocol/prevalence.ts';
import type { UserSetting, SettingValue } from '../protocol/settings.ts';

const steps = (from: number, to: number, by: number): readonly number[] =>
  Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => Number((from + i * by).toFixed(6)));

/**
 * Allowed values on the screen: a narrower range than in the environment, so that nobody can make the kiosk unusable
 * there.
 */
const NUMBERS = {
  gateFocus: steps(0.21, 0.35, 0.01),
  gateDark: steps(0.1, 0.3, 0.01),
  gateHair: steps(0.02, 0.15, 0.01),
  gateGlare: steps(0.002, 0.02, 0.001),
  gateInk: steps(0.02, 0.15, 0.01),
  brightness: steps(30, 100, 10),
  // Not `never`: leaving a patient on the screen must be configured in the environment.
  idleSeconds: [60, 120, 180, 300, 600, 900],
  retentionDays: [1, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1825, 3650],
} as const satisfies Partial<Record<UserSetting, readonly number[]>>;

/** The card's own first, the others by size. */
const PREVALENCES: readonly string[] = [
  CARD_PREVALENCE,
  ...[...Object.keys(PREVALENCE_PRESETS), ...PREVALENCE_STEPS].sort((a, b) => shareOf(a) - shareOf(b)),
];

function shareOf(setting: string): number {
  return prevalenceOf(setting, 0.5) ?? NaN;
}

/** All values a setting can have on the screen, independent of this machine. */
export function choicesOf(setting: UserSetting, operatingPoints: readonly string[]): readonly SettingValue[] {
  switch (setting) {
    case 'operatingPoint':
      return operatingPoints;
    case 'prevalence':
      return PREVALENCES;
    case 'sound':
    case 'autoCapture':
    case 'askNextPatient':
      return [true, false];
    case 'language':
    case 'camera':
    case 'button':
    case 'retention':
    case 'theme':
    case 'textSize':
      return literalsOf(setting);
    case 'gateFocus':
    case 'gateDark':
    case 'gateHair':
    case 'gateGlare':
    case 'gateInk':
    case 'brightness':
    case 'idleSeconds':
    case 'retentionDays':
      return NUMBERS[setting];
  }
}

export function defaultOf(setting: UserSetting): SettingValue {
  return (ConfigSchema.properties[setting] as { readonly default: SettingValue }).default;
}

export type UserConfig = Pick<Config, UserSetting>;

function literalsOf(
  setting: 'language' | 'camera' | 'button' | 'retention' | 'theme' | 'textSize',
): readonly string[] {
  const { anyOf } = ConfigSchema.properties[setting] as unknown as {
    readonly anyOf: readonly { readonly const: string }[];
  };
  return anyOf.map((choice) => choice.const);
}
