import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurablySync } from '../lib/durable-file.ts';
import { KioskError, systemCode } from '../lib/errors.ts';
import { USER_SETTINGS, type UserSetting } from '../protocol/settings.ts';
import { savedCamera, type SavedCamera } from './camera-calibration.ts';
import { loadConfig, variableOf, type Environment } from './load.ts';
import { ConfigSchema, type Config } from './schema.ts';

/** Values chosen on the screen, as the text of the corresponding variable. */
export type SavedSettings = Readonly<Partial<Record<UserSetting, string>>>;

export interface Settings {
  /** The environment, which fixes settings. */
  readonly env: Environment;
  readonly config: Config;
  readonly chosen: SavedSettings;
  /** Saved values that are no longer valid, because the program or the environment changed. They are ignored. */
  readonly dropped: readonly UserSetting[];
}

/**
 * The effective settings. The environment takes precedence over values chosen on the screen, and those over the
 * defaults.
 *
 * @throws KioskError `config/invalid` for an invalid environment or settings file
 */
export function loadSettings(env: Environment): Settings {
  const dataDir = dataDirOf(env);
  const all = readChosen(dataDir);
  const camera = savedCamera(dataDir);
  const chosen: Partial<Record<UserSetting, string>> = {};
  const dropped: UserSetting[] = [];
  for (const setting of USER_SETTINGS) {
    const text = all[setting];
    if (text === undefined) continue;
    if (isPinned(env, setting) || isPossible(env, { ...chosen, [setting]: text }, camera))
      chosen[setting] = text;
    else dropped.push(setting);
  }
  return { env, config: configWith(env, chosen, camera), chosen, dropped };
}

/** The settings of this environment with these values. @throws KioskError `config/invalid` */
export function configWith(env: Environment, chosen: SavedSettings, camera: SavedCamera): Config {
  const variables = Object.fromEntries(
    Object.entries(chosen).map(([setting, text]) => [variableOf(setting), text]),
  );
  const merged = { ...variables, ...defined(env) };
  return loadConfig({ ...camera(merged), ...merged });
}

/** Whether the environment fixes the setting, so that it cannot be changed on the screen. */
export function isPinned(env: Environment, setting: UserSetting): boolean {
  return env[variableOf(setting)] !== undefined;
}

export function writeSavedSettings(dataDir: string, chosen: SavedSettings): void {
  writeDurablySync(fileIn(dataDir), `${JSON.stringify(chosen, undefined, 2)}\n`);
}

/** Whether the settings of this environment with these values are valid. */
export function isPossible(env: Environment, chosen: SavedSettings, camera: SavedCamera): boolean {
  try {
    configWith(env, chosen, camera);
    return true;
  } catch {
    return false;
  }
}

/** An empty variable would hide the saved value. */
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
    // Treated like any other invalid file.
  }
  throw new KioskError(
    'config/invalid',
    `${file} is not a valid settings file: delete it to reset the settings made on the screen to their defaults`,
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
