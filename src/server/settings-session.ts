import { describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import {
  CHANGEABLE,
  PIN_LENGTH,
  type SettingChange,
  type SettingsReply,
  type SettingsSheet,
} from '../protocol/settings.ts';
import type { Pass, SettingsControl } from '../settings/port.ts';
import { Refusal, refusalOf, replyOf } from './http-error.ts';

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
  readonly ownScreen: boolean;
  readonly log: Logger;
}

/** What is shown where not even that can be told. */
const NOTHING_KNOWN = { pin: 'set', ownScreen: false, waitMs: 0 } as const satisfies SettingsSheet;

/** Where one screen asks about the settings: it keeps the screen's pass, and answers each request with how things stand then. */
export class SettingsCounter {
  readonly #options: Options;
  #pass: Pass | undefined;
  #open = true;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @param argument from the network: anything at all */
  async serve(command: SettingsCommand, argument: unknown): Promise<SettingsReply> {
    try {
      await this.#obey(command, argument);
      return { ok: true, sheet: this.#sheet() };
    } catch (error) {
      return this.refuse(refusalOf(error));
    }
  }

  refuse(refusal: Refusal): Promise<SettingsReply> {
    if (refusal.fault === 'internal/error')
      this.#options.log.error({ error: describe(refusal) }, 'a request about the settings failed');
    const { code, message, cure } = replyOf(refusal) as Extract<ReturnType<typeof replyOf>, { ok: false }>;
    return Promise.resolve({ ok: false, code, message, cure, sheet: this.#sheetIfAny() });
  }

  /** The screen is gone. */
  close(): void {
    this.#open = false;
    this.#options.settings.lock(this.#pass);
  }

  async #obey(command: SettingsCommand, argument: unknown): Promise<void> {
    const { settings, ownScreen } = this.#options;
    switch (command) {
      case 'settings':
        return;
      case 'settings-lock':
        settings.lock(this.#pass);
        return;
      case 'settings-unlock':
        this.#keep(await settings.unlock(pinIn(argument)));
        return;
      case 'settings-pin':
        this.#keep(await settings.setPin({ ownScreen, pass: this.#pass }, pinIn(argument)));
        return;
      case 'settings-change':
        this.#keep(await settings.change(this.#pass, changeIn(argument)));
    }
  }

  /** It may have gone while the PIN was looked at. */
  #keep(pass: Pass): void {
    this.#options.settings.lock(this.#pass);
    this.#pass = pass;
    if (!this.#open) this.#options.settings.lock(pass);
  }

  #sheet(): SettingsSheet {
    const { settings, ownScreen } = this.#options;
    return settings.sheet({ ownScreen, pass: this.#pass });
  }

  #sheetIfAny(): SettingsSheet {
    try {
      return this.#sheet();
    } catch {
      return NOTHING_KNOWN;
    }
  }
}

function pinIn(argument: unknown): string {
  if (typeof argument === 'string' && argument.length <= PIN_LENGTH.most) return argument;
  throw new Refusal('request/invalid');
}

function changeIn(argument: unknown): SettingChange {
  if (typeof argument !== 'object' || argument === null) throw new Refusal('request/invalid');
  const { setting, value } = argument as Partial<SettingChange>;
  if (setting === undefined || !CHANGEABLE.includes(setting)) throw new Refusal('request/invalid');
  if (!['string', 'number', 'boolean'].includes(typeof value) || value === undefined)
    throw new Refusal('request/invalid');
  return { setting, value };
}
