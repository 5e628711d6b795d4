import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurablySync } from '../lib/durable-file.ts';
import { KioskError, systemCode } from '../lib/errors.ts';
import { USER_SETTINGS, type UserSetting } from '../protocol/settings.ts';
import { savedCameraSettings } from './camera-calibration.ts';
import { loadConfig, variableOf, type Environment } from './load.ts';
import { ConfigSchema, type Config } from './schema.ts';

/** What was chosen on the screen, as the text of the variable that it stands in for. */
export type SavedSettings = Readonly<Partial<Record<UserSetting, string>>>;

export interface Settings {
  /** What pins settings. */
  readonly env: Environment;
  readonly config: Config;
  readonly chosen: SavedSettings;
  /** What was chosen and is no longer possible: another program, or another environment. It is left out. */
  readonly dropped: readonly UserSetting[];
}

/**
 * The settings in force. The environment wins over what was chosen on the screen, and that over the defaults.
 *
 * @throws KioskError `config/invalid` for a wrong environment, or a file that is not what the kiosk writes
 */
export function loadSettings(env: Environment): Settings {
  const all = readChosen(dataDirOf(env));
  const chosen: Partial<Record<UserSetting, string>> = {};
  const dropped: UserSetting[] = [];
  for (const setting of USER_SETTINGS) {
    const text = all[setting];
    if (text === undefined) continue;
    if (isPinned(env, setting) || isPossible(env, { ...chosen, [setting]: text })) chosen[setting] = text;
    else dropped.push(setting);
  }
  return { env, config: configWith(env, chosen), chosen, dropped };
}

/** The settings of this environment with these choices. @throws KioskError `config/invalid` */
export function configWith(env: Environment, chosen: SavedSettings): Config {
  const variables = Object.fromEntries(
    Object.entries(chosen).map(([setting, text]) => [variableOf(setting), text]),
  );
  const merged = { ...variables, ...defined(env) };
  return loadConfig({ ...savedCameraSettings(merged), ...merged });
}

/** Whether the environment decides, so that nobody can on the screen. */
export function isPinned(env: Environment, setting: UserSetting): boolean {
  return env[variableOf(setting)] !== undefined;
}

export function writeSavedSettings(dataDir: string, chosen: SavedSettings): void {
  writeDurablySync(fileIn(dataDir), `${JSON.stringify(chosen, undefined, 2)}\n`);
}

function isPossible(env: Environment, chosen: SavedSettings): boolean {
  try {
    configWith(env, chosen);
    return true;
  } catch {
    return false;
  }
}

/** A variable that is there without a value would hide what was chosen. */
function defined(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, text]) => text !== undefined));
}

function dataDirOf(env: Environment): string {
  return env[variableOf('dataDir')] ?? String(ConfigSchema.properties.dataDir.default);
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'settings.json');
}

function readChosen(dataDir: string): SavedSettings {
  const file = fileIn(dataDir);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return {};
    throw new KioskError('config/invalid', `${file} cannot be read`, { cause: error });
  }
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && Object.values(content).every(isText))
      return content;
  } catch {
    // As any other file that is not the kiosk's.
  }
  throw new KioskError(
    'config/invalid',
    `${file} is not a valid settings file: delete it to reset the settings made on the screen to their defaults`,
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
