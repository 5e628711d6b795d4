import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurablySync } from '../lib/durable-file.ts';
import { KioskError, systemCode } from '../lib/errors.ts';
import type { ReadText } from '../lib/read-text.ts';
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
 * The values that `kiosk camera` has stored, as environment variables for the camera of an environment; a variable that
 * is set takes precedence. Valid only for the driver they were determined with: exposure and gain mean something else
 * to another.
 *
 * @returns nothing if there is no file, or if it is another driver's
 * @throws KioskError `config/invalid` that names the file
 */
export type SavedCamera = (env: Environment) => Environment;

/** Reads the file once; if it is damaged, applying it throws. */
export function savedCamera(dataDir: string): SavedCamera {
  const file = cameraFile(dataDir);
  try {
    return applied(read(file));
  } catch (error) {
    return failing(file, error);
  }
}

/** The same without blocking the event loop. */
export async function readSavedCamera(dataDir: string, reader: ReadText): Promise<SavedCamera> {
  const file = cameraFile(dataDir);
  try {
    return applied(contentOf(file, await reader(file)));
  } catch (error) {
    return isAbsent(error) ? applied(undefined) : failing(file, error);
  }
}

function applied(content: Content | undefined): SavedCamera {
  if (content === undefined) return () => ({});
  const { driver, settings } = content;
  const byDefault = String(ConfigSchema.properties.camera.default);
  return (env) => ([driver, 'auto'].includes(env[variableOf('camera')] ?? byDefault) ? settings : {});
}

function failing(file: string, error: unknown): SavedCamera {
  return () => {
    throw error instanceof KioskError ? error : unreadable(file, error);
  };
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
    if (isAbsent(error)) return undefined;
    throw unreadable(file, error);
  }
  return contentOf(file, text);
}

function contentOf(file: string, text: string): Content {
  const content = parsed(text);
  if (content === undefined)
    throw new KioskError(
      'config/invalid',
      `${file} is not a valid calibration file: delete it and run “kiosk camera calibrate” again`,
    );
  return content;
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(error));
}

function unreadable(file: string, cause: unknown): KioskError {
  return new KioskError('config/invalid', `${file} cannot be read`, { cause });
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
