import { describe } from '../../lib/errors.ts';
import { runProgram } from '../../lib/run-program.ts';
import { hasConverged, requireConverged } from '../convergence.ts';
import type { CameraSettings, ConvergedSettings } from '../port.ts';

const TIMEOUT_MS = 3_000;

type Wish = Pick<CameraSettings, 'cameraExposureUs' | 'cameraGain' | 'cameraWhiteBalance' | 'cameraFocus'>;

/** A control to set, with its names: since Linux 5.16 and before, or on different cameras. */
interface Setting {
  readonly names: readonly string[];
  readonly value: number;
  readonly variable: string;
}

/** Exposure menu: 1 is manual. The unit of the exposure time is 100 µs. */
const MANUAL_EXPOSURE = 1;
const EXPOSURE_UNIT_US = 100;

/** In the order in which they must be set: an automatic control rejects manual values. */
function wantedControls({ cameraExposureUs, cameraGain, cameraWhiteBalance, cameraFocus }: Wish): Setting[] {
  const settings: Setting[] = [];
  const add = (variable: string, names: readonly string[], value: number): void => {
    settings.push({ variable, names, value: Math.round(value) });
  };
  if (cameraExposureUs !== 0) {
    add('KIOSK_CAMERA_EXPOSURE_US', ['auto_exposure', 'exposure_auto'], MANUAL_EXPOSURE);
    add(
      'KIOSK_CAMERA_EXPOSURE_US',
      ['exposure_time_absolute', 'exposure_absolute'],
      Math.max(1, cameraExposureUs / EXPOSURE_UNIT_US),
    );
  }
  if (cameraGain !== 0) add('KIOSK_CAMERA_GAIN', ['gain', 'analogue_gain'], cameraGain);
  if (cameraWhiteBalance !== '') {
    const variable = 'KIOSK_CAMERA_WHITE_BALANCE';
    const [first = 0, blue] = cameraWhiteBalance.split(',').map(Number);
    add(variable, ['white_balance_automatic', 'white_balance_temperature_auto'], 0);
    if (blue === undefined) add(variable, ['white_balance_temperature'], first);
    else {
      add(variable, ['red_balance'], first);
      add(variable, ['blue_balance'], blue);
    }
  }
  if (cameraFocus !== '') {
    add('KIOSK_CAMERA_FOCUS', ['focus_automatic_continuous', 'focus_auto'], 0);
    add('KIOSK_CAMERA_FOCUS', ['focus_absolute'], Number(cameraFocus));
  }
  return settings;
}

/**
 * Sets exposure, gain, white balance and focus of a video device, and reads them back: cameras round, clip, or accept
 * values that they ignore.
 *
 * @returns one sentence for each value that was not applied; none if nothing is to be set
 */
export async function applyControls(device: string, wish: Wish, program: string): Promise<string[]> {
  const settings = wantedControls(wish);
  if (settings.length === 0) return [];
  try {
    const known = await readControls(device, program);
    if (known === undefined)
      return [`${program} is not installed (v4l-utils): exposure, gain, white balance and focus are not set`];
    const warnings: string[] = [];
    for (const setting of settings) {
      const problem = await apply(device, setting, known, program);
      if (problem !== undefined) warnings.push(`${setting.variable}: ${problem}`);
    }
    return warnings;
  } catch (error) {
    return [`the camera’s controls cannot be set: ${describe(error)}`];
  }
}

async function apply(
  device: string,
  { names, value }: Setting,
  known: ReadonlyMap<string, number>,
  program: string,
): Promise<string | undefined> {
  const name = names.find((each) => known.has(each));
  // A camera without automatic exposure, white balance or focus has no switch for it.
  if (name === undefined)
    return names.some((each) => each.includes('auto'))
      ? undefined
      : `the camera has no ${names.join(' or ')}`;
  await runProgram(program, ['-d', device, '--set-ctrl', `${name}=${value}`], { timeoutMs: TIMEOUT_MS });
  const held = (await readControls(device, program))?.get(name);
  return held === value ? undefined : `${name} is ${String(held)}, not ${value}`;
}

/** All controls of a video device with their values; `undefined` without the program. */
export async function readControls(
  device: string,
  program: string,
): Promise<ReadonlyMap<string, number> | undefined> {
  const answer = await runProgram(program, ['-d', device, '--list-ctrls'], { timeoutMs: TIMEOUT_MS });
  if (answer === undefined) return undefined;
  const lines = answer.stdout.matchAll(
    /^\s*(\w+)\s+(?:0x[0-9a-f]+\s+)?\((?:int|bool|menu|intmenu)\b.*?\bvalue=(-?\d+)/gm,
  );
  return new Map([...lines].map(([, name = '', value = '']) => [name, Number(value)]));
}

/** Exposure menu: 3 lets the camera choose the time (aperture priority), which is what UVC cameras have. */
const AUTOMATIC = [
  { names: ['auto_exposure', 'exposure_auto'], value: 3 },
  { names: ['white_balance_automatic', 'white_balance_temperature_auto'], value: 1 },
  { names: ['focus_automatic_continuous', 'focus_auto'], value: 1 },
];

/** Enables automatic exposure, white balance and focus, as far as the camera has them. */
export async function freeControls(device: string, program: string): Promise<void> {
  const known = await readControls(device, program);
  for (const { names, value } of AUTOMATIC) {
    const name = names.find((each) => known?.has(each));
    if (name !== undefined)
      await runProgram(program, ['-d', device, '--set-ctrl', `${name}=${value}`], { timeoutMs: TIMEOUT_MS });
  }
}

/**
 * The values that automatic controls have converged to, as settings; omits what the camera does not report, and a focus
 * that still drifts.
 *
 * @param watched all controls, read repeatedly while the camera streamed
 * @throws KioskError `camera/unsettled`
 */
export function convergedControls(watched: readonly ReadonlyMap<string, number>[]): ConvergedSettings {
  const all = (...names: string[]): number[] =>
    watched.flatMap((controls) => names.map((name) => controls.get(name)).find(Number.isFinite) ?? []);
  const [exposures, gains] = [all('exposure_time_absolute', 'exposure_absolute'), all('gain')];
  const [temperatures, lens] = [all('white_balance_temperature'), all('focus_absolute')];
  requireConverged({ exposure: exposures, gain: gains, 'white balance': temperatures });
  const [exposure, gain, temperature] = [exposures.at(-1), gains.at(-1), temperatures.at(-1)];
  const focus = hasConverged(lens) ? lens.at(-1) : undefined;
  return {
    ...(exposure === undefined ? {} : { cameraExposureUs: exposure * EXPOSURE_UNIT_US }),
    ...(gain === undefined ? {} : { cameraGain: gain }),
    ...(temperature === undefined ? {} : { cameraWhiteBalance: String(temperature) }),
    ...(focus === undefined ? {} : { cameraFocus: String(focus) }),
  };
}
