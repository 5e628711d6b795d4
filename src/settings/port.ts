import type { SettingChange, SettingsSnapshot } from '../protocol/settings.ts';

/** What an unlocked screen holds. It is this very object that counts: nothing of it leaves the process. */
export interface UnlockGrant {
  readonly cancel: () => void;
}

/** A screen as the server knows it. */
export interface SettingsClient {
  /** The kiosk's own: it may set the first PIN. */
  readonly localScreen: boolean;
  readonly grant: UnlockGrant | undefined;
}

/** Who may change the settings of the running kiosk, and to what. */
export interface SettingsControl {
  /** @throws KioskError `store/failed` when the PIN's file is damaged */
  snapshot(visitor: SettingsClient): SettingsSnapshot;
  /**
   * The first PIN, by the kiosk's own screen; another, by one that is unlocked. Every other screen is locked by it.
   *
   * @throws KioskError `pin/weak`, `pin/own-screen`, `settings/locked`, `store/…`
   */
  setPin(visitor: SettingsClient, pin: string): Promise<UnlockGrant>;
  /** @throws KioskError `pin/wrong`, `pin/wait`, `settings/locked` without a PIN, `store/…` */
  unlock(pin: string): Promise<UnlockGrant>;
  lock(grant: UnlockGrant | undefined): void;
  /**
   * Journalled, remembered and applied when it returns.
   *
   * @returns the pass that goes on from here
   * @throws KioskError `settings/locked`, `settings/pinned`, `session/busy`, `request/invalid`, `store/…`
   */
  change(grant: UnlockGrant | undefined, change: SettingChange): Promise<UnlockGrant>;
}
