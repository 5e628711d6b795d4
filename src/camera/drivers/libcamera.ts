import { KioskError } from '../../lib/errors.ts';
import { firstProgram, runProgram } from '../../lib/run-program.ts';
import { hasConverged, requireConverged } from '../convergence.ts';
import type { CameraDriver, CameraProgram, CameraSettings, ConvergedSettings } from '../port.ts';

/** rpicam-apps dropped the second name in 2025; Debian 12 has both, other systems one. */
export const LIBCAMERA_VID = ['rpicam-vid', 'libcamera-vid'];

/** A Raspberry Pi (CSI) camera, by the streaming program of rpicam-apps. */
export class LibcameraDriver implements CameraDriver {
  readonly driver = 'libcamera';
  readonly simulated = false;
  readonly #settings: CameraSettings;
  readonly #programs: readonly string[];

  constructor(settings: CameraSettings, programs: readonly string[] = LIBCAMERA_VID) {
    this.#settings = settings;
    this.#programs = programs;
  }

  async find(): Promise<CameraProgram> {
    const args = streamArguments(this.#settings);
    const command = await firstProgram(this.#programs);
    if (command === undefined) {
      throw new KioskError(
        'camera/lost',
        `There is no ${this.#programs.join(' or ')} on this machine: install rpicam-apps.`,
      );
    }
    const { cameraDevice } = this.#settings;
    const camera = cameraDevice === '' ? 'its first camera' : `its camera ${cameraDevice}`;
    return {
      driver: this.driver,
      simulated: this.simulated,
      command,
      args,
      location: `${camera}, by ${command}`,
      explain: (exit, stderrTail) => explain(command, exit, stderrTail),
    };
  }
}

/** @throws KioskError `camera/lost` for what rpicam-apps does not support */
function streamArguments(settings: CameraSettings): string[] {
  const { cameraWidth, cameraHeight, cameraFps } = settings;
  return [
    ...['-t', '0', '-n', '--codec', 'mjpeg', '--flush'],
    ...['--width', String(cameraWidth), '--height', String(cameraHeight), '--framerate', String(cameraFps)],
    ...imageArguments(settings),
    ...['-o', '-'],
  ];
}

/**
 * Options that make images comparable, shared by stream and still: exposure, gains, focus, crop, rotation. Noise
 * reduction is off: it smears the pigment network of a naevus.
 *
 * @throws KioskError `camera/lost` for what rpicam-apps does not support
 */
export function imageArguments(settings: CameraSettings): string[] {
  const { cameraDevice, cameraExposureUs, cameraGain, cameraFocus, cameraRotation } = settings;
  if (cameraRotation === '90' || cameraRotation === '270') {
    throw new KioskError(
      'camera/lost',
      `libcamera rotates by 0 or 180 degrees only: for KIOSK_CAMERA_ROTATION=${cameraRotation}, mount the camera the other way.`,
    );
  }
  if (cameraDevice.startsWith('/')) {
    throw new KioskError(
      'camera/lost',
      `libcamera identifies cameras by number: KIOSK_CAMERA_DEVICE=${cameraDevice} is a USB camera (KIOSK_CAMERA=v4l2).`,
    );
  }
  return [
    ...(cameraDevice === '' ? [] : ['--camera', cameraDevice]),
    ...(cameraExposureUs === 0 ? [] : ['--shutter', String(cameraExposureUs)]),
    ...(cameraGain === 0 ? [] : ['--gain', String(cameraGain)]),
    ...whiteBalance(settings.cameraWhiteBalance),
    ...(cameraFocus === '' ? [] : ['--autofocus-mode', 'manual', '--lens-position', cameraFocus]),
    ...crop(settings.cameraCrop),
    ...(cameraRotation === '180' ? ['--rotation', '180'] : []),
    ...['--denoise', 'cdn_off'],
  ];
}

function whiteBalance(setting: string): string[] {
  if (setting === '') return [];
  if (setting.includes(',')) return ['--awbgains', setting];
  throw new KioskError(
    'camera/lost',
    `libcamera takes red and blue gains (KIOSK_CAMERA_WHITE_BALANCE=1.8,1.4), not a temperature such as ${setting}.`,
  );
}

function crop(share: number): string[] {
  if (share === 1) return [];
  const [from, size] = [((1 - share) / 2).toFixed(4), share.toFixed(4)];
  return ['--roi', `${from},${from},${size},${size}`];
}

const FAULTS: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [
    /pipeline handler in use|failed to acquire camera|device or resource busy/i,
    'The camera is in use by another program; close that program, or wait.',
  ],
  [
    /no cameras available|camera index out of range/i,
    'No camera is connected: check its ribbon cable, then reboot the board.',
  ],
  [
    /dequeue timer.*expired|camera frontend has timed out|device timeout/i,
    'The camera’s sensor delivers no frames: check its ribbon cable.',
  ],
  [/permission denied/i, 'No permission to open the camera: add the kiosk’s user to the group “video”.'],
  [
    /unrecognised option|unknown option|invalid (?:option|argument)/i,
    'The camera program does not support one of the kiosk’s options: update rpicam-apps.',
  ],
];

/** One sentence from the exit status of a program of rpicam-apps and the last lines of its standard error. */
export function explain(
  command: string,
  { code, signal }: { code: number | null; signal: string | null },
  stderrTail: string,
): string {
  const known = FAULTS.find(([pattern]) => pattern.test(stderrTail));
  if (known !== undefined) return known[1];
  const last = stderrTail.split('\n').at(-1) ?? '';
  return `${command} exited: ${last || `exit code ${String(code)}, signal ${String(signal)}`}.`;
}

/** Time for the camera to find exposure and colour, ms. */
const CONVERGE_MS = 5_000;

/**
 * Lets the camera find exposure, gain, white balance and focus automatically, and reads the values from the frames'
 * metadata.
 *
 * @throws KioskError `camera/lost` if there are none, `camera/unsettled` if they do not converge
 */
export async function convergedLibcamera(
  settings: CameraSettings,
  programs: readonly string[] = LIBCAMERA_VID,
): Promise<ConvergedSettings> {
  const free = { cameraExposureUs: 0, cameraGain: 0, cameraWhiteBalance: '', cameraFocus: '' };
  const program = await new LibcameraDriver({ ...settings, ...free }, programs).find();
  const stream = program.args.slice(2, -2);
  const metadata = [
    '-t',
    String(CONVERGE_MS),
    '-o',
    '/dev/null',
    '--metadata',
    '-',
    '--metadata-format',
    'txt',
  ];
  const answer = await runProgram(program.command, [...stream, ...metadata], { timeoutMs: 4 * CONVERGE_MS });
  const found = convergedFrom(answer?.stdout ?? '');
  if (found.cameraExposureUs !== undefined) return found;
  if (answer?.code === 0)
    throw new KioskError(
      'camera/lost',
      `${program.command} does not report the exposure: update rpicam-apps.`,
    );
  const exit = { code: answer?.code ?? null, signal: null };
  throw new KioskError('camera/lost', program.explain(exit, answer?.stderr.trim() ?? ''));
}

/**
 * The last values in the metadata of rpicam-apps, as text or as JSON. Exposure and gain may compensate for each other.
 * Autofocus has no structure to focus on on a blank card: a lens position that still drifts is left to the camera.
 *
 * @throws KioskError `camera/unsettled`
 */
export function convergedFrom(metadata: string): ConvergedSettings {
  const all = (name: string, value: string): number[][] =>
    [...metadata.matchAll(new RegExp(`\\b${name}"?\\s*[:=]\\s*${value}`, 'g'))].map((match) =>
      match.slice(1).map(Number),
    );
  const number = '([0-9.]+)';
  const exposures = all('ExposureTime', number).flat();
  const gains = all('AnalogueGain', number).flat();
  const colours = all('ColourGains', `\\[\\s*${number}\\s*,\\s*${number}`);
  const lens = all('LensPosition', number).flat();
  requireConverged({
    exposure: exposures.map((exposure, i) => exposure * (gains[i] ?? 1)),
    'red white balance': colours.map(([red = 0]) => red),
    'blue white balance': colours.map(([, blue = 0]) => blue),
  });
  const [exposure, gain, colour, focus] = [exposures.at(-1), gains.at(-1), colours.at(-1), lens.at(-1)];
  return {
    ...(exposure === undefined ? {} : { cameraExposureUs: Math.round(exposure) }),
    ...(gain === undefined ? {} : { cameraGain: rounded(gain) }),
    ...(colour === undefined ? {} : { cameraWhiteBalance: colour.map(rounded).join(',') }),
    ...(focus === undefined || !hasConverged(lens) ? {} : { cameraFocus: String(rounded(focus)) }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
