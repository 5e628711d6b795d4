import type { GuideStep, GuideView } from '../protocol/guide.ts';
import type { SettingChange, SettingsSnapshot } from '../protocol/settings.ts';

/** Held by an unlocked screen. Checked by object identity: it never leaves the process. */
export interface UnlockGrant {
  /** Who has unlocked the settings, other than the technician. */
  readonly operator?: string;
  readonly cancel: () => void;
}

/** A screen as known to the server. */
export interface SettingsClient {
  /** The kiosk's own screen: it may set the first PIN. */
  readonly localScreen: boolean;
  readonly grant: UnlockGrant | undefined;
}

/** Controls who may change the settings of the running kiosk, and to which values. */
export interface SettingsControl {
  /** @throws KioskError `store/failed` if the PIN's file is damaged */
  snapshot(visitor: SettingsClient): Promise<SettingsSnapshot>;
  /**
   * Sets the first PIN, from the kiosk's own screen, or a new one from an unlocked screen. Locks every other screen.
   *
   * @throws KioskError `pin/weak`, `pin/own-screen`, `settings/locked`, `store/…`
   */
  setPin(visitor: SettingsClient, pin: string): Promise<UnlockGrant>;
  /** @throws KioskError `pin/wrong`, `pin/wait`, `settings/locked` without a PIN, `store/…` */
  unlock(pin: string): Promise<UnlockGrant>;
  /** For a screen whose operator may change the settings. */
  admit(operator: string): UnlockGrant;
  /** Whether it still opens the settings. */
  isOpen(grant: UnlockGrant | undefined): boolean;
  lock(grant: UnlockGrant | undefined): void;
  /**
   * Journalled, saved and applied when it returns.
   *
   * The language can be chosen on the kiosk's own screen as long as there is no PIN: the guide asks for it first, so that
   * the rest is understood.
   *
   * @returns the grant to use from then on, if there was one
   * @throws KioskError `settings/locked`, `settings/pinned`, `session/busy`, `request/invalid`, `store/…`
   */
  change(visitor: SettingsClient, change: SettingChange): Promise<UnlockGrant | undefined>;
}

/** The first-run guide. */
export interface GuideControl {
  /** Null once it was finished or declined. */
  step(): GuideStep | null;
  /** Settings that the environment fixes. */
  fixed(): GuideView['fixed'];
  go(step: GuideStep | null): void;
}
