import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { sleep, type Clock } from '../../lib/clock.ts';
import { KioskError } from '../../lib/errors.ts';
import { frameSize } from '../frame-size.ts';
import type { CameraSettings } from '../port.ts';
import { explain, imageArguments } from './libcamera.ts';
import { programFile } from './own-program.ts';

export interface StillOptions {
  readonly clock: Clock;
  /** Aborting ends the program. */
  readonly signal?: AbortSignal;
  /** Search path for the program, like PATH. */
  readonly path?: string | undefined;
  /** Timeout, ms. */
  readonly timeoutMs?: number;
  /** Where the image is stored until it is read: a folder in memory (`/run/…`) keeps it off the disk. */
  readonly tempDir?: string;
  /** Our wrapper program for the package; tests pass another one. */
  readonly program?: string;
}

/** As the package expects it: a flag, a number, one of the words below, or numbers in the format of its converters. */
export type StillArgument = true | number | readonly number[] | Readonly<Record<string, number>> | Word;

/** All words that may reach the package's shell. */
const WORDS = ['manual', 'cdn_off', 'jpg', 'still.jpg'] as const;
type Word = (typeof WORDS)[number];

/** rpicam-apps dropped the second name in 2025. */
const PROGRAMS = ['rpicam-still', 'libcamera-still'];

/** The only name that the package knows. */
const NAME_IN_PACKAGE = 'libcamera-still';

const SYSTEM_PATH = ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

/** Time for the camera to find exposure and colour, if they are not set, before it takes the image, ms. */
const CONVERGE_MS = 1_000;

/** JPEG quality, 1–100. */
const QUALITY = 95;

const TIMEOUT_MS = 20_000;

/** Between SIGTERM and SIGKILL, ms: killing the program immediately may leave the camera blocked. */
const GRACE_MS = 2_000;

const NO_PACKAGE = 3;

/**
 * One image of a Raspberry Pi's camera at the sensor's full resolution, by node-libcamera, with the EXIF data written
 * by the program. For archiving, not for results: the program takes seconds to start. A camera serves one program at a
 * time, so the stream has to be stopped meanwhile:
 *
 *     await camera.stop();
 *     try { jpeg = await takeStill(config, { clock }); } finally { await camera.start(); }
 *
 * @throws KioskError `camera/lost` without package, program, camera or image, and for settings that libcamera does
 *   not support; `camera/timeout`
 */
export async function takeStill(settings: CameraSettings, options: StillOptions): Promise<Uint8Array> {
  const { path = SYSTEM_PATH, tempDir = tmpdir() } = options;
  const still = stillArguments(settings);
  const folders = path.split(delimiter).filter(isAbsolute);
  const command = programIn(folders);
  const folder = await mkdtemp(join(tempDir, 'kiosk-still-'));
  try {
    await symlink(command, join(folder, NAME_IN_PACKAGE));
    await runStill(command, JSON.stringify(still), folder, { ...options, path: folders.join(delimiter) });
    const jpeg = await readFile(join(folder, still.output)).catch(() => new Uint8Array());
    if (frameSize(jpeg) === undefined)
      throw new KioskError('camera/lost', `${command} succeeded but wrote no image: update rpicam-apps.`);
    return jpeg;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The stream's own settings (`imageArguments`) in the format of the package. It passes them to a shell, so only numbers
 * and words of this file are allowed; it treats `false` as a set flag, so unset options are omitted.
 *
 * @throws KioskError `camera/lost` for anything else, and for what libcamera does not support
 */
export function stillArguments(
  settings: CameraSettings,
): { readonly output: 'still.jpg' } & Readonly<Record<string, StillArgument>> {
  const image = imageArguments(settings);
  const pairs: [string, StillArgument][] = [];
  for (let i = 0; i + 1 < image.length; i += 2) {
    const name = (image[i] ?? '').slice('--'.length);
    pairs.push([name, argumentOf(name, image[i + 1] ?? '')]);
  }
  return {
    timeout: CONVERGE_MS,
    nopreview: true,
    encoding: 'jpg',
    quality: QUALITY,
    ...Object.fromEntries(pairs),
    // Relative to the program's working folder: a path could contain shell characters.
    output: 'still.jpg',
  };
}

function argumentOf(name: string, value: string): StillArgument {
  const word = WORDS.find((known) => known === value);
  if (word !== undefined) return word;
  const numbers = value.split(',').map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  const [x = Number.NaN, y = Number.NaN, w = Number.NaN, h = Number.NaN] = numbers;
  if (!numbers.every(Number.isFinite))
    throw new KioskError('camera/lost', `--${name} ${value} is not valid for a still: it must be a number.`);
  if (name === 'roi') return { x, y, w, h };
  return name === 'awbgains' ? [x, y] : x;
}

function programIn(folders: readonly string[]): string {
  const found = PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new KioskError(
    'camera/lost',
    `There is no ${PROGRAMS.join(' or ')} on this machine: install rpicam-apps.`,
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs our wrapper in a folder where the camera program has the name that the package knows. */
async function runStill(
  command: string,
  argument: string,
  folder: string,
  { clock, signal, path = '', timeoutMs = TIMEOUT_MS, program = programFile('still') }: StillOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [program, argument], {
    cwd: folder,
    // With NODE_ENV=test the package prints its command instead of running it.
    env: { NODE_ENV: 'production', PATH: `${folder}${delimiter}${path}` },
    // In its own process group, so that the shell and the camera program can be ended with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString('utf8');
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const over = new AbortController();
  const signals = [over.signal, ...(signal === undefined ? [] : [signal])];
  const late = sleep(clock, timeoutMs, AbortSignal.any(signals)).then(() => {
    throw new KioskError('camera/timeout', `${command} took no image within ${timeoutMs} ms.`);
  });
  const code = await Promise.race([ended, late])
    .catch(async (error: unknown) => {
      await endGroup(child.pid, clock);
      throw error;
    })
    .finally(() => {
      over.abort();
    });
  if (code === 0) return;
  if (code === NO_PACKAGE) {
    const cure = 'The package node-libcamera cannot be loaded: run npm ci again, with optional packages.';
    throw new KioskError('camera/lost', cure, { cause: new Error(words) });
  }
  throw new KioskError('camera/lost', explain(command, { code, signal: child.signalCode }, words.trim()));
}

async function endGroup(pid: number | undefined, clock: Clock): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      if (pid !== undefined) process.kill(-pid, signal);
    } catch {
      // All of them have already exited.
      return;
    }
    if (signal === 'SIGTERM') await sleep(clock, GRACE_MS);
  }
}
