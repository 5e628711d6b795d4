import { existsSync } from 'node:fs';
import { sleep, systemClock } from '../../lib/clock.ts';
import { KioskError } from '../../lib/errors.ts';
import { runProgram } from '../../lib/run-program.ts';
import type { CameraDriver, CameraProgram, CameraSettings, ConvergedSettings } from '../port.ts';
import { applyControls, convergedControls, freeControls, readControls } from './v4l2-controls.ts';
import { inode, SYSTEM_ROOTS, videoDevices, type DeviceRoots } from './v4l2-devices.ts';

export interface V4l2Options {
  readonly ffmpeg?: string;
  readonly v4l2ctl?: string;
  readonly roots?: DeviceRoots;
}

/** Timeout for listing formats. A board that has just booted is slow to load ffmpeg. */
const TIMEOUT_MS = 15_000;

/** Time for the camera to find exposure and colour, ms. */
const CONVERGE_MS = 5_000;

/** Interval at which its controls are read meanwhile, ms. */
const WATCH_MS = 250;

/** Quality of ffmpeg's JPEGs, 2 (best) to 31. */
const QUALITY = 3;

const TURNS = { '0': [], '90': ['transpose=clock'], '180': ['hflip', 'vflip'], '270': ['transpose=cclock'] };

/** A USB camera, by ffmpeg. The device is looked up at every start, so it may be unplugged and plugged in elsewhere. */
export class V4l2Driver implements CameraDriver {
  readonly driver = 'v4l2';
  readonly simulated = false;
  readonly #settings: CameraSettings;
  readonly #ffmpeg: string;
  readonly #v4l2ctl: string;
  readonly #roots: DeviceRoots;

  constructor(settings: CameraSettings, options: V4l2Options = {}) {
    this.#settings = settings;
    this.#ffmpeg = options.ffmpeg ?? 'ffmpeg';
    this.#v4l2ctl = options.v4l2ctl ?? 'v4l2-ctl';
    this.#roots = options.roots ?? SYSTEM_ROOTS;
  }

  async find(): Promise<CameraProgram> {
    const device = this.#device();
    const sendsJpeg = await this.#sendsJpeg(device);
    const warnings = await applyControls(device, this.#settings, this.#v4l2ctl);
    return {
      driver: this.driver,
      simulated: this.simulated,
      command: this.#ffmpeg,
      args: streamArguments(this.#settings, device, sendsJpeg),
      location: [device, ...warnings].join('; '),
      explain: (exit, stderrTail) => explain(device, exit, stderrTail),
    };
  }

  /** With the inodes: a device that was unplugged only briefly is a new node with its old name. */
  deviceFingerprint(): string {
    const { cameraDevice } = this.#settings;
    const paths = cameraDevice === '' ? videoDevices(this.#roots) : [cameraDevice];
    return paths.map((path) => `${path} ${inode(path)}`).join(', ');
  }

  /**
   * Lets the camera find exposure, white balance and focus automatically while it streams, and reads the values.
   *
   * @throws KioskError `camera/lost` if it does not stream, or without v4l2-ctl to read them; `camera/unsettled`
   */
  async converged(): Promise<ConvergedSettings> {
    const device = this.#device();
    const sendsJpeg = await this.#sendsJpeg(device);
    if ((await readControls(device, this.#v4l2ctl)) === undefined)
      throw new KioskError('camera/lost', `There is no ${this.#v4l2ctl} on this machine: install v4l-utils.`);
    await freeControls(device, this.#v4l2ctl);
    const args = streamArguments(this.#settings, device, sendsJpeg).slice(0, -5);
    const seconds = ['-t', String(CONVERGE_MS / 1000), '-f', 'null', '-'];
    const ended = new AbortController();
    const [answer, watched] = await Promise.all([
      runProgram(this.#ffmpeg, [...args, ...seconds], { timeoutMs: 4 * CONVERGE_MS }).finally(() => {
        ended.abort();
      }),
      this.#watchControls(device, ended.signal),
    ]);
    if (answer?.code === 0) return convergedControls(watched);
    const exit = { code: answer?.code ?? null, signal: null };
    throw new KioskError('camera/lost', explain(device, exit, answer?.stderr.trim() ?? ''));
  }

  /** Read while it streams: a camera may forget the values as soon as it stops. */
  async #watchControls(device: string, ended: AbortSignal): Promise<ReadonlyMap<string, number>[]> {
    const watched: ReadonlyMap<string, number>[] = [];
    do {
      const controls = await readControls(device, this.#v4l2ctl);
      if (controls !== undefined) watched.push(controls);
      await sleep(systemClock, WATCH_MS, ended).catch(() => undefined);
    } while (!ended.aborted);
    return watched;
  }

  #device(): string {
    const { cameraDevice } = this.#settings;
    if (/^\d+$/.test(cameraDevice)) {
      throw new KioskError(
        'camera/lost',
        `KIOSK_CAMERA_DEVICE=${cameraDevice} is the number of a libcamera camera; a USB camera is named by its path, /dev/v4l/by-id/….`,
      );
    }
    if (cameraDevice !== '') {
      if (existsSync(cameraDevice)) return cameraDevice;
      throw new KioskError('camera/lost', `The camera ${cameraDevice} is not plugged in.`);
    }
    const [first] = videoDevices(this.#roots);
    if (first === undefined) throw new KioskError('camera/lost', 'No USB camera is plugged in.');
    return first;
  }

  /** ffmpeg lists the camera's formats and exits with an error, because there is nothing to write. */
  async #sendsJpeg(device: string): Promise<boolean> {
    const args = ['-hide_banner', '-nostdin', '-f', 'v4l2', '-list_formats', 'all', '-i', device];
    const answer = await runProgram(this.#ffmpeg, args, { timeoutMs: TIMEOUT_MS });
    if (answer === undefined)
      throw new KioskError('camera/lost', `There is no ${this.#ffmpeg} on this machine: install ffmpeg.`);
    return /Compressed\s*:\s*mjpeg/i.test(answer.stderr);
  }
}

/**
 * A camera's own JPEGs pass through untouched; ffmpeg encodes only for a crop, a rotation, or a camera without JPEG.
 */
function streamArguments(settings: CameraSettings, device: string, sendsJpeg: boolean): string[] {
  const { cameraWidth, cameraHeight, cameraFps } = settings;
  const filters = filtersOf(settings);
  const encoded = ['-c:v', 'mjpeg', '-q:v', String(QUALITY), '-pix_fmt', 'yuvj420p'];
  return [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-fflags', 'nobuffer'],
    ...['-f', 'v4l2', ...(sendsJpeg ? ['-input_format', 'mjpeg'] : [])],
    ...[
      '-video_size',
      `${cameraWidth}x${cameraHeight}`,
      '-framerate',
      String(cameraFps),
      '-i',
      device,
      '-an',
    ],
    ...(filters.length > 0 ? ['-vf', filters.join(',')] : []),
    ...(sendsJpeg && filters.length === 0 ? ['-c:v', 'copy'] : encoded),
    ...['-f', 'mjpeg', '-flush_packets', '1', 'pipe:1'],
  ];
}

/** Cropped first, about the centre, which a rotation keeps; sides stay even for the encoder. */
export function filtersOf({
  cameraCrop,
  cameraRotation,
}: Pick<CameraSettings, 'cameraCrop' | 'cameraRotation'>): string[] {
  const side = (of: string): string => `2*floor(${of}*${cameraCrop}/2)`;
  return [...(cameraCrop === 1 ? [] : [`crop=${side('iw')}:${side('ih')}`]), ...TURNS[cameraRotation]];
}

const FAULTS: readonly (readonly [pattern: RegExp, sentence: (device: string) => string])[] = [
  [
    /device or resource busy/i,
    (device) => `The camera ${device} is in use by another program; close that program, or wait.`,
  ],
  [
    /permission denied/i,
    (device) => `No permission to open the camera ${device}: add the kiosk’s user to the group “video”.`,
  ],
  [
    /no space left/i,
    () =>
      'The USB bus has too little bandwidth for the stream: lower KIOSK_CAMERA_WIDTH or KIOSK_CAMERA_FPS, or use another port.',
  ],
  [
    /no such (?:file|device)|input\/output error/i,
    (device) => `The camera ${device} is disconnected, or its cable is faulty.`,
  ],
  [
    /inappropriate ioctl|not a video capture device|cannot find a proper format/i,
    (device) => `${device} is not a camera that the kiosk can use: set KIOSK_CAMERA_DEVICE.`,
  ],
];

function explain(
  device: string,
  { code, signal }: { code: number | null; signal: string | null },
  stderrTail: string,
): string {
  const known = FAULTS.find(([pattern]) => pattern.test(stderrTail));
  if (known !== undefined) return known[1](device);
  const last = stderrTail.split('\n').at(-1) ?? '';
  return `ffmpeg exited: ${last || `exit code ${String(code)}, signal ${String(signal)}`}.`;
}
