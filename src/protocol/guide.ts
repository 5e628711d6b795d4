import type { UserSetting } from './settings.ts';

/** The steps of the first-run guide, in order. The screen leaves out those for which this kiosk has no setting. */
export const GUIDE_STEPS = [
  'language',
  'clock',
  'pin',
  'camera',
  'light',
  'button',
  'network',
  'prevalence',
  'retention',
  'summary',
] as const;

export type GuideStep = (typeof GUIDE_STEPS)[number];

/** The first-run guide as one screen may see it. */
export interface GuideView {
  /** Where it was left; null once it was finished or declined, and on any screen but the kiosk's own. */
  readonly step: GuideStep | null;
  /** Only the kiosk's own screen shows the guide. */
  readonly localScreen: boolean;
  /** URLs by which other machines reach the kiosk; none if it accepts no connections from the network. */
  readonly addresses: readonly string[];
  /** Settings fixed by the environment, with the variable of each. */
  readonly fixed: readonly { readonly setting: UserSetting; readonly variable: string }[];
}
