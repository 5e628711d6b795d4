import { readSavedCamera, type SavedCamera } from '../config/camera-calibration.ts';
import {
  configWith,
  isPinned,
  isPossible,
  writeSavedSettings,
  type SavedSettings,
  type Settings,
} from '../config/saved-settings.ts';
import { variableOf } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import { readText, type ReadText } from '../lib/read-text.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import { TECHNICIAN } from '../protocol/operators.ts';
import {
  USER_SETTINGS,
  type UserSetting,
  type OperatingPointChoice,
  type SettingChange,
  type SettingEntry,
  type SettingsSnapshot,
  type SettingValue,
} from '../protocol/settings.ts';
import { isUnderWay, type View } from '../protocol/view.ts';
import { journalBestEffort } from '../store/best-effort.ts';
import type { SessionStore } from '../store/port.ts';
import { choicesOf, defaultOf } from './choices.ts';
import type { Pin } from './pin.ts';
import type { UnlockGrant, SettingsControl, SettingsClient } from './port.ts';

/** A screen is locked again after this time without a change, ms. */
export const UNLOCKED_MS = 300_000;

export interface SettingsServiceOptions {
  readonly settings: Settings;
  readonly store: Pick<SessionStore, 'append'>;
  readonly view: { current(): View; onChange(listener: () => void): () => void };
  readonly operatingPoints: () => readonly OperatingPointChoice[];
  readonly dims: () => 'backlight' | 'picture';
  /** Applies a change immediately: there is no session in progress. */
  readonly apply: (setting: UserSetting, config: Config) => Promise<void>;
  /** The PIN, which unlocks other parts too. */
  readonly pin: Pin;
  /** Called after the PIN was set. */
  readonly pinChanged?: () => void;
  readonly clock: Clock;
  readonly log: Logger;
  /** Reads the file of the calibration; unless given, from the disk. */
  readonly read?: ReadText;
}

/** Controls who may change the settings of the running kiosk, and to which values; saves and journals the changes. */
export class SettingsService implements SettingsControl, Service {
  readonly name = 'settings';
  readonly #options: SettingsServiceOptions;
  readonly #read: ReadText;
  readonly #pin: Pin;
  readonly #grants = new Set<UnlockGrant>();
  #config: Config;
  #chosen: SavedSettings;
  /** Serialises the changes. */
  #changing: Promise<void> = Promise.resolve();
  #unsubscribe: () => void = () => undefined;

  constructor(options: SettingsServiceOptions) {
    this.#options = options;
    this.#config = options.settings.config;
    this.#chosen = options.settings.chosen;
    this.#read = options.read ?? readText;
    this.#pin = options.pin;
  }

  /**
   * The effective settings are journalled at every start: a power cut may have occurred between the journal row and the
   * file.
   */
  start(): Promise<void> {
    const { store, view, settings, log } = this.#options;
    const { dropped } = settings;
    if (dropped.length > 0)
      log.warn({ settings: dropped }, 'settings made on the screen are no longer valid');
    if (dropped.length > 0 || Object.keys(this.#chosen).length > 0)
      store.append({ kind: 'settings-in-force', body: { chosen: this.#chosen, dropped } });
    this.#unsubscribe = view.onChange(() => {
      if (view.current().idle) this.#lockAll();
    });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#unsubscribe();
    this.#lockAll();
    return Promise.resolve();
  }

  /** Reads each file once, whatever the number of settings and their choices. */
  async snapshot({ localScreen, grant }: SettingsClient): Promise<SettingsSnapshot> {
    const { operatingPoints, dims } = this.#options;
    const camera = this.isOpen(grant) ? await this.#savedCamera() : undefined;
    const { isSet, waitMs } = await this.#pin.status();
    return {
      pin: isSet ? 'set' : 'none',
      localScreen,
      waitMs: Math.ceil(waitMs),
      // It may have been locked while the files were read.
      ...(camera !== undefined && this.isOpen(grant)
        ? {
            unlocked: {
              entries: USER_SETTINGS.map((setting) => this.#entry(setting, camera)),
              operatingPoints: operatingPoints(),
              dims: dims(),
            },
          }
        : {}),
    };
  }

  async setPin({ localScreen, grant }: SettingsClient, pin: string): Promise<UnlockGrant> {
    const { isSet, wasReset } = await this.#pin.status();
    const first = !isSet;
    if (first && !localScreen) throw new KioskError('pin/own-screen', 'not the kiosk’s own screen');
    if (!first && !this.isOpen(grant)) throw new KioskError('settings/locked', 'the settings are locked');
    const by = first ? 'own-screen' : 'technician';
    const after = wasReset ? { after: 'reset' as const } : {};
    await this.#pin.set(pin);
    this.#options.store.append({ kind: 'pin-set', body: { by, ...after } });
    this.#lockAll();
    this.#options.pinChanged?.();
    return this.#open();
  }

  async unlock(pin: string): Promise<UnlockGrant> {
    const failures = await this.#pin.try(pin);
    if (failures > 0) {
      this.#note({ kind: 'pin-wrong', body: { failures } });
      throw new KioskError('pin/wrong', 'the PIN is wrong');
    }
    this.#options.store.append({ kind: 'settings-unlocked', body: { by: 'technician' } });
    return this.#open();
  }

  admit(operator: string): UnlockGrant {
    this.#options.store.append({
      kind: 'settings-unlocked',
      body: { by: 'technician', ...authored(operator) },
    });
    return this.#open(operator);
  }

  isOpen(grant: UnlockGrant | undefined): boolean {
    return grant !== undefined && this.#grants.has(grant);
  }

  lock(grant: UnlockGrant | undefined): void {
    if (grant === undefined) return;
    grant.cancel();
    this.#grants.delete(grant);
  }

  async change(visitor: SettingsClient, change: SettingChange): Promise<UnlockGrant | undefined> {
    const turn = this.#changing.then(() => this.#change(visitor, change));
    this.#changing = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  async #change(
    visitor: SettingsClient,
    { setting, value }: SettingChange,
  ): Promise<UnlockGrant | undefined> {
    const { grant } = visitor;
    const { view, store, apply } = this.#options;
    const { env } = this.#options.settings;
    const camera = await this.#savedCamera();
    const by = await this.#authorOf(visitor, setting);
    if (isPinned(env, setting)) throw new KioskError('settings/pinned', `${variableOf(setting)} is set`);
    if (!this.#choices(setting, camera).includes(value))
      throw new KioskError('request/invalid', `not a valid value for ${setting}`);
    if (isUnderWay(view.current().session))
      throw new KioskError('session/busy', 'settings do not change during a session');
    const before = this.#valueOf(setting);
    if (before !== value) {
      const chosen = { ...this.#chosen, [setting]: textOf(value) };
      // A value equal to the default is not saved, so that a later default applies.
      if (value === this.#default(setting)) Reflect.deleteProperty(chosen, setting);
      const config = configWith(env, chosen, camera);
      const body = {
        setting,
        from: before,
        to: value,
        by,
        ...authored(grant?.operator),
      } as const;
      store.append({ kind: 'setting-changed', body });
      this.#keep(chosen, { setting, kept: before });
      this.#config = config;
      this.#chosen = chosen;
      await apply(setting, config);
    }
    if (by === 'own-screen') return undefined;
    this.lock(grant);
    return this.#open(grant?.operator);
  }

  /** @throws KioskError `settings/locked` */
  async #authorOf(
    { grant, localScreen }: SettingsClient,
    setting: UserSetting,
  ): Promise<'technician' | 'own-screen'> {
    if (this.isOpen(grant)) return 'technician';
    if (setting === 'language' && localScreen && !(await this.#pin.status()).isSet) return 'own-screen';
    throw new KioskError('settings/locked', 'the settings are locked');
  }

  /** A change that cannot be saved is not applied; the journal, which has already recorded it, is corrected. */
  #keep(
    chosen: SavedSettings,
    setBack: { readonly setting: UserSetting; readonly kept: SettingValue },
  ): void {
    try {
      writeSavedSettings(this.#config.dataDir, chosen);
    } catch (error) {
      this.#note({ kind: 'setting-not-kept', body: setBack });
      throw new KioskError('store/failed', 'the setting cannot be saved', { cause: error });
    }
  }

  #entry(setting: UserSetting, camera: SavedCamera): SettingEntry {
    const { env } = this.#options.settings;
    const chosen = this.#chosen[setting] !== undefined;
    return {
      setting,
      value: this.#valueOf(setting),
      default: this.#default(setting),
      by: isPinned(env, setting) ? 'environment' : chosen ? 'screen' : 'default',
      variable: variableOf(setting),
      choices: this.#choices(setting, camera),
    };
  }

  #savedCamera(): Promise<SavedCamera> {
    return readSavedCamera(this.#config.dataDir, this.#read);
  }

  /** For the operating point, the name of the effective one, whether or not it was chosen explicitly. */
  #valueOf(setting: UserSetting): SettingValue {
    return setting === 'operatingPoint' ? this.#pointInUse() : this.#config[setting];
  }

  /** Values possible on this kiosk as configured: a camera without its pipeline is not. */
  #choices(setting: UserSetting, camera: SavedCamera): readonly SettingValue[] {
    const all = choicesOf(
      setting,
      this.#options.operatingPoints().map(({ name }) => name),
    );
    if (setting !== 'camera' && setting !== 'button') return all;
    const { env } = this.#options.settings;
    return all.filter((value) => isPossible(env, { ...this.#chosen, [setting]: textOf(value) }, camera));
  }

  #default(setting: UserSetting): SettingValue {
    if (setting !== 'operatingPoint') return defaultOf(setting);
    return this.#options.operatingPoints().find((point) => point.default)?.name ?? '';
  }

  /** A name that is not on the current card has no effect. */
  #pointInUse(): string {
    const names = this.#options.operatingPoints().map(({ name }) => name);
    const { operatingPoint } = this.#config;
    return names.includes(operatingPoint) ? operatingPoint : String(this.#default('operatingPoint'));
  }

  #open(operator?: string): UnlockGrant {
    const grant: UnlockGrant = {
      ...authored(operator),
      cancel: this.#options.clock.after(UNLOCKED_MS, () => {
        this.#grants.delete(grant);
      }),
    };
    this.#grants.add(grant);
    return grant;
  }

  #lockAll(): void {
    for (const grant of [...this.#grants]) this.lock(grant);
  }

  #note(event: JournalEvent): void {
    journalBestEffort(this.#options.store, this.#options.log, event);
  }
}

/** The technician is named by the rest of the row. */
function authored(operator: string | undefined): { readonly operator?: string } {
  return operator === undefined || operator === TECHNICIAN ? {} : { operator };
}

function textOf(value: SettingValue): string {
  return String(value);
}
