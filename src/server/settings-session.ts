import { describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { PIN_LENGTH } from '../protocol/pin.ts';
import {
  USER_SETTINGS,
  type SettingChange,
  type SettingsReply,
  type SettingsSnapshot,
} from '../protocol/settings.ts';
import type { UnlockView } from '../protocol/operators.ts';
import type { UnlockGrant, SettingsControl } from '../settings/port.ts';
import { HttpError, httpErrorFrom, replyOf } from './http-error.ts';

export const SETTINGS_COMMANDS = [
  'settings',
  'settings-unlock',
  'settings-lock',
  'settings-pin',
  'settings-change',
] as const;

type SettingsCommand = (typeof SETTINGS_COMMANDS)[number];

interface Options {
  readonly settings: SettingsControl;
  readonly localScreen: boolean;
  /** Who has unlocked this screen, if anybody. */
  readonly holder: () => UnlockView | undefined;
  /** Withdraws from that unlock what the PIN of the settings has opened. */
  readonly lock: () => void;
  readonly log: Logger;
}

/** Sent if even the settings cannot be read. */
const NOTHING_KNOWN = { pin: 'set', localScreen: false, waitMs: 0 } as const satisfies SettingsSnapshot;

/**
 * The settings session of one screen: holds its unlock grant, and responds to each request with the resulting settings.
 */
export class SettingsSession {
  readonly #options: Options;
  #grant: UnlockGrant | undefined;
  #open = true;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @param argument from the network: untrusted */
  async serve(command: SettingsCommand, argument: unknown): Promise<SettingsReply> {
    try {
      await this.#execute(command, argument);
      return { ok: true, snapshot: await this.#snapshot() };
    } catch (error) {
      return await this.refuse(httpErrorFrom(error));
    }
  }

  async refuse(refusal: HttpError): Promise<SettingsReply> {
    if (refusal.fault === 'internal/error')
      this.#options.log.error({ error: describe(refusal) }, 'a request about the settings failed');
    const { code, message, cure } = replyOf(refusal) as Extract<ReturnType<typeof replyOf>, { ok: false }>;
    return { ok: false, code, message, cure, snapshot: await this.#snapshotOrFallback() };
  }

  /** The screen has disconnected. */
  close(): void {
    this.#open = false;
    this.#options.settings.lock(this.#grant);
  }

  async #execute(command: SettingsCommand, argument: unknown): Promise<void> {
    const { settings, localScreen, holder, lock } = this.#options;
    const operator = holder();
    if (command !== 'settings-lock' && operator?.settings === true && !settings.isOpen(this.#grant))
      this.#keep(settings.admit(operator.operator));
    switch (command) {
      case 'settings':
        return;
      case 'settings-lock':
        settings.lock(this.#grant);
        lock();
        return;
      case 'settings-unlock':
        this.#keep(await settings.unlock(pinIn(argument)));
        return;
      case 'settings-pin':
        this.#keep(await settings.setPin({ localScreen, grant: this.#grant }, pinIn(argument)));
        return;
      case 'settings-change': {
        const grant = await settings.change({ localScreen, grant: this.#grant }, changeIn(argument));
        if (grant !== undefined) this.#keep(grant);
      }
    }
  }

  /** It may have disconnected while the PIN was checked. */
  #keep(grant: UnlockGrant): void {
    this.#options.settings.lock(this.#grant);
    this.#grant = grant;
    if (!this.#open) this.#options.settings.lock(grant);
  }

  #snapshot(): Promise<SettingsSnapshot> {
    const { settings, localScreen } = this.#options;
    return settings.snapshot({ localScreen, grant: this.#grant });
  }

  async #snapshotOrFallback(): Promise<SettingsSnapshot> {
    try {
      return await this.#snapshot();
    } catch {
      return NOTHING_KNOWN;
    }
  }
}

function pinIn(argument: unknown): string {
  if (typeof argument === 'string' && argument.length <= PIN_LENGTH.most) return argument;
  throw new HttpError('request/invalid');
}

function changeIn(argument: unknown): SettingChange {
  if (typeof argument !== 'object' || argument === null) throw new HttpError('request/invalid');
  const { setting, value } = argument as Partial<SettingChange>;
  if (setting === undefined || !USER_SETTINGS.includes(setting)) throw new HttpError('request/invalid');
  if (!['string', 'number', 'boolean'].includes(typeof value) || value === undefined)
    throw new HttpError('request/invalid');
  return { setting, value };
}
