import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurablySync } from '../lib/durable-file.ts';
import { KioskError, systemCode } from '../lib/errors.ts';
import type { Colour } from '../protocol/diagnostics.ts';
import { variableOf, type Environment } from './load.ts';
import { ConfigSchema } from './schema.ts';

/** Name of the file in the data folder that `kiosk camera` writes. */
const FILE = 'camera.json';

/** Values determined by `kiosk camera`, by setting name. */
export const STORED = [
  'cameraExposureUs',
  'cameraGain',
  'cameraWhiteBalance',
  'cameraFocus',
  'cameraPixelsPerMm',
] as const;

const NAMES: ReadonlySet<string> = new Set(STORED.map(variableOf));

/** The calibration data needed by the self-test. */
export type Calibration =
  | { readonly state: 'none' }
  /** Camera settings were calibrated, but no white-card colour was stored. */
  | { readonly state: 'colourless' }
  | { readonly state: 'broken'; readonly reason: string }
  /** Mean colour of the white card, on any scale: only its ratios matter. */
  | { readonly state: 'ready'; readonly reference: Colour };

/**
 * The values that `kiosk camera` has stored for this camera, as environment variables; a variable that is set takes
 * precedence. Valid only for the driver they were determined with: exposure and gain mean something else to another.
 *
 * @returns nothing if there is no file, or if it is another driver's
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

/** Adds to the stored values; values of another driver are dropped. */
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
  writeDurablySync(file, `${text}\n`);
  return file;
}

/** The white-card colour for the self-test, which reports a damaged file as a finding instead of failing. */
export async function readCalibration(dataDir: string): Promise<Calibration> {
  let text: string;
  try {
    text = await readFile(cameraFile(dataDir), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { state: 'none' };
    return { state: 'broken', reason: `${FILE} cannot be read (${systemCode(error)})` };
  }
  const content = objectIn(text);
  if (content === undefined) return { state: 'broken', reason: `${FILE} is not a valid calibration file` };
  if (content.reference === undefined) return { state: 'colourless' };
  const reference = colourOf(content.reference);
  return reference === undefined
    ? { state: 'broken', reason: `the white-card colour in ${FILE} is invalid` }
    : { state: 'ready', reference };
}

function cameraFile(dataDir: string): string {
  return join(dataDir, FILE);
}

interface Content {
  /** Mean colour of the white card with these settings, 0–255; `kiosk doctor` compares later cards with it. */
  readonly reference?: Colour | undefined;
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
      `${file} is not a valid calibration file: delete it and run “kiosk camera calibrate” again`,
    );
  return content;
}

function parsed(text: string): Content | undefined {
  const { driver, settings, reference } = (objectIn(text) ?? {}) as Partial<Content>;
  if (typeof driver !== 'string' || typeof settings !== 'object') return undefined;
  const fits = Object.entries(settings).every(
    ([name, value]: [string, unknown]) => NAMES.has(name) && typeof value === 'string',
  );
  return fits ? { driver, settings, reference } : undefined;
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && !Array.isArray(content)
      ? (content as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function colourOf(reference: unknown): Colour | undefined {
  if (typeof reference !== 'object' || reference === null) return undefined;
  const channels: Partial<Record<keyof Colour, unknown>> = reference;
  const [r, g, b] = [channels.r, channels.g, channels.b].map((value) =>
    typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined,
  );
  return r === undefined || g === undefined || b === undefined ? undefined : { r, g, b };
}
