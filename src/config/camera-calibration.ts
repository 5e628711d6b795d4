import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../lib/durable-file.ts';
import { KioskError, systemCode } from '../lib/errors.ts';
import { variableOf, type Environment } from './load.ts';
import { ConfigSchema } from './schema.ts';

/** What `kiosk camera` finds out, by the names of the settings. */
export const STORED = [
  'cameraExposureUs',
  'cameraGain',
  'cameraWhiteBalance',
  'cameraFocus',
  'cameraPixelsPerMm',
] as const;

const NAMES: ReadonlySet<string> = new Set(STORED.map(variableOf));

/**
 * What `kiosk camera` has stored of this kiosk's camera, as variables of the environment; a variable that is set wins. It holds for the driver
 * that it was found with: exposure and gain mean something else to another.
 *
 * @returns nothing when there is no file, or when it is another driver's
 * @throws KioskError `config/invalid` that names the file
 */
export function savedCameraSettings(env: Environment): Environment {
  const { camera, dataDir } = ConfigSchema.properties;
  const file = cameraFile(env[variableOf('dataDir')] ?? String(dataDir.default));
  const content = read(file);
  if (content === undefined) return {};
  const { driver, settings } = content;
  return [driver, 'auto'].includes(env[variableOf('camera')] ?? String(camera.default)) ? settings : {};
}

/** Adds to what is stored; everything is forgotten that was found with another driver. */
export function saveCameraSettings(
  dataDir: string,
  driver: string,
  settings: Readonly<Record<string, string>>,
  reference?: Content['reference'],
): string {
  const file = cameraFile(dataDir);
  const before = read(file);
  const kept = before?.driver === driver ? before : undefined;
  const content = {
    driver,
    settings: { ...kept?.settings, ...settings },
    reference: reference ?? kept?.reference,
  };
  const text = JSON.stringify(content, undefined, 2);
  writeDurably(file, `${text}\n`);
  return file;
}

function cameraFile(dataDir: string): string {
  return join(dataDir, 'camera.json');
}

interface Content {
  /** Mean colour of the white card with these settings, 0–255; `kiosk doctor` holds later cards against it. */
  readonly reference?: { readonly r: number; readonly g: number; readonly b: number } | undefined;
  readonly driver: string;
  readonly settings: Readonly<Record<string, string>>;
}

function read(file: string): Content | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return undefined;
    throw new KioskError('config/invalid', `${file} cannot be read`, { cause: error });
  }
  const content = parsed(text);
  if (content === undefined)
    throw new KioskError(
      'config/invalid',
      `${file} is not what “kiosk camera” writes: delete it and run “kiosk camera calibrate” again`,
    );
  return content;
}

function parsed(text: string): Content | undefined {
  try {
    const { driver, settings, reference } = JSON.parse(text) as Partial<Content>;
    if (typeof driver !== 'string' || typeof settings !== 'object') return undefined;
    const fits = Object.entries(settings).every(
      ([name, value]: [string, unknown]) => NAMES.has(name) && typeof value === 'string',
    );
    return fits ? { driver, settings, reference } : undefined;
  } catch {
    return undefined;
  }
}
