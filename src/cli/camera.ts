import { writeFile } from 'node:fs/promises';
import { createCamera } from '../app/factories.ts';
import { probeCamera } from '../camera/probe-camera.ts';
import { frameSize } from '../camera/frame-size.ts';
import { saveCameraSettings } from '../config/camera-calibration.ts';
import { variableOf } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { cameraStill, convergedCamera } from '../app/camera-drivers.ts';
import { systemClock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import { silentLogger } from '../lib/logger.ts';
import type { Image } from '../vision/image.ts';
import { decode } from '../vision/jpeg.ts';
import { readRuler } from '../vision/ruler.ts';
import { readWhiteCard, type WhiteCardReading } from '../vision/white-card.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** Limits for a white-card image with locked settings: colour cast, clipped fraction, minimum brightness; 0–1. */
const CAST = 0.08;
const CLIPPED = 0.01;
const DARK = 0.3;

/**
 * And the limit of its unevenness. Measured: cards with light falling to half at the corners, or two fifths brighter on
 * one side, 0.03 and 0.06; the phantom's lesions 0.2 to 0.4, its cloth 0.17. Bare skin (0.04) is as even as a card.
 */
const UNEVEN = 0.1;

/**
 * Calibrates a real camera: its colour with a white card, its scale with a ruler. The values are stored in the data
 * folder. Or takes a still.
 */
export async function cameraCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [what, ...rest] = args;
  if (rest.length === 0 && what === 'calibrate') return calibrate(terminal);
  if (rest.length === 0 && what === 'ruler') return ruler(terminal);
  const [file] = rest;
  if (rest.length === 1 && what === 'still' && file !== undefined) return still(file, terminal);
  throw new KioskError(
    'cli/usage',
    'expects “calibrate” (with a white card), “ruler” (with a ruler) or “still” and an output file',
  );
}

/** Never overwrites a file. */
async function still(file: string, terminal: Terminal): Promise<ExitCode> {
  const jpeg = await cameraStill(configOf(terminal), systemClock, terminal.env.PATH);
  await writeFile(file, jpeg, { flag: 'wx', mode: 0o600 });
  const { width = 0, height = 0 } = frameSize(jpeg) ?? {};
  terminal.stderr.write(`${file}: ${width} × ${height} pixels\n`);
  return 0;
}

async function calibrate(terminal: Terminal): Promise<ExitCode> {
  const config = configOf(terminal);
  terminal.stderr.write(
    'Hold a white card in front of the camera, under the light used for examinations, for ten seconds.\n',
  );
  const found = variablesOf(await convergedCamera(config));
  // Captured with the settings of the next start, so that what is saved is known to work.
  const { location, image } = await picture(configOf(terminal, found));
  const card = readWhiteCard(image);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const problems = problemsOf(card);
  terminal.stderr.write(
    `With these settings (${location}): colour cast ${percent(card.cast)}, clipped ${percent(card.clipped)}, ` +
      `brightness ${percent(card.brightness)}, uneven by ${percent(card.unevenness)}\n` +
      problems.map((problem) => `Not good: ${problem}\n`).join(''),
  );
  if (problems.length > 0) {
    terminal.stderr.write(`Nothing was saved. Found: ${linesOf(found).join(' ')}\n`);
    return 1;
  }
  store(terminal, config, { driver: config.camera, variables: found, reference: card.colour });
  return 0;
}

function problemsOf({ cast, clipped, brightness, unevenness }: WhiteCardReading): string[] {
  return [
    ...(unevenness > UNEVEN ? ['this is not a plain card: does it fill the field of view?'] : []),
    ...(cast > CAST
      ? ['the card has a colour cast: was it white, and lit only by the light used for examinations?']
      : []),
    ...(clipped > CLIPPED ? ['the card is overexposed: reduce the light'] : []),
    ...(brightness < DARK ? ['the card is underexposed: was the light on?'] : []),
  ];
}

async function ruler(terminal: Terminal): Promise<ExitCode> {
  const config = configOf(terminal);
  const { driver, image } = await picture(config);
  const reading = readRuler(image);
  if (reading === undefined) {
    terminal.stderr.write(
      'No ruler found: lay one with millimetre ticks flat in the field of view, in focus.\n',
    );
    return 1;
  }
  const { pixelsPerMm, angle } = reading;
  const variables = variablesOf({ cameraPixelsPerMm: Math.round(pixelsPerMm * 100) / 100 });
  store(terminal, config, { driver, variables });
  terminal.stderr.write(
    `The image covers ${(image.width / pixelsPerMm).toFixed(1)} × ${(image.height / pixelsPerMm).toFixed(1)} mm; ` +
      `the ruler is at ${angle.toFixed(0)}°. If this is wrong, something else was mistaken for its ticks.\n`,
  );
  return 0;
}

interface Found {
  readonly driver: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly reference?: WhiteCardReading['colour'];
}

/** Prints the settings as variables, which is the purpose of the output, and saves them. */
function store(
  { stdout, stderr, env }: Terminal,
  { dataDir }: Config,
  { driver, variables, reference }: Found,
): void {
  stdout.write(
    linesOf(variables)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const file = saveCameraSettings(dataDir, driver, variables, reference);
  stderr.write(`Saved to ${file}, for KIOSK_CAMERA=${driver}.\n`);
  const set = Object.keys(variables).filter((name) => env[name] !== undefined);
  if (set.length > 0) stderr.write(`These variables are set and take precedence: ${set.join(', ')}\n`);
}

function variablesOf(settings: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [variableOf(name), String(value)]),
  );
}

function linesOf(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`);
}

/** The newest of several frames: the first frames of a camera differ from later ones. */
async function picture(config: Config): Promise<{ driver: string; location: string; image: Image }> {
  const camera = await createCamera(config, systemClock, silentLogger);
  const { driver, location, frames } = await probeCamera(camera, systemClock);
  const last = frames.at(-1);
  if (last === undefined) throw new KioskError('camera/timeout', 'the camera delivered no frame');
  return { driver, location: location ?? driver, image: await decode(last.jpeg) };
}
