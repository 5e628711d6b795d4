import type { SettingChange, SettingsSheet } from '../protocol/settings.ts';

/** What an unlocked screen holds. It is this very object that counts: nothing of it leaves the process. */
export interface Pass {
  readonly cancel: () => void;
}

/** A screen as the server knows it. */
export interface SettingsVisitor {
  /** The kiosk's own: it may set the first PIN. */
  readonly ownScreen: boolean;
  readonly pass: Pass | undefined;
}

/** Who may change the settings of the running kiosk, and to what. */
export interface SettingsControl {
  /** @throws KioskError `store/failed` when the PIN's file is damaged */
  sheet(visitor: SettingsVisitor): SettingsSheet;
  /**
   * The first PIN, by the kiosk's own screen; another, by one that is unlocked. Every other screen is locked by it.
   *
   * @throws KioskError `pin/weak`, `pin/own-screen`, `settings/locked`, `store/…`
   */
  setPin(visitor: SettingsVisitor, pin: string): Promise<Pass>;
  /** @throws KioskError `pin/wrong`, `pin/wait`, `settings/locked` without a PIN, `store/…` */
  unlock(pin: string): Promise<Pass>;
  lock(pass: Pass | undefined): void;
  /**
   * Journalled, remembered and applied when it returns.
   *
   * @returns the pass that goes on from here
   * @throws KioskError `settings/locked`, `settings/pinned`, `session/busy`, `request/invalid`, `store/…`
   */
  change(pass: Pass | undefined, change: SettingChange): Promise<Pass>;
}
