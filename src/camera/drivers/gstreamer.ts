import { KioskError } from '../../lib/errors.ts';
import { firstProgram } from '../../lib/run-program.ts';
import type { CameraDriver, CameraProgram, CameraSettings } from '../port.ts';

export interface GstreamerSettings extends Pick<CameraSettings, 'cameraRotation' | 'cameraCrop'> {
  /** Elements up to raw video, as gst-launch-1.0 takes them. */
  readonly cameraPipeline: string;
}

const GST_LAUNCH = 'gst-launch-1.0';

/** JPEG quality of the encoder, 1–100. */
const QUALITY = 90;

const TURNS = {
  '0': [],
  '90': turn('clockwise'),
  '180': turn('rotate-180'),
  '270': turn('counterclockwise'),
};

function turn(method: string): string[] {
  return ['!', 'videoflip', `method=${method}`];
}

/** Any source GStreamer supports, such as a Jetson's CSI camera: the pipeline is a setting, the kiosk adds the sink. */
export class GstreamerDriver implements CameraDriver {
  readonly driver = 'gstreamer';
  readonly simulated = false;
  readonly #settings: GstreamerSettings;
  readonly #program: string;

  constructor(settings: GstreamerSettings, program = GST_LAUNCH) {
    this.#settings = settings;
    this.#program = program;
  }

  async find(): Promise<CameraProgram> {
    const args = pipelineArguments(this.#settings);
    const command = await firstProgram([this.#program]);
    if (command === undefined) {
      throw new KioskError(
        'camera/lost',
        `There is no ${this.#program} on this machine: install gstreamer1.0-tools and gstreamer1.0-plugins-good.`,
      );
    }
    return {
      driver: this.driver,
      simulated: this.simulated,
      command,
      args,
      location: this.#settings.cameraPipeline,
      explain: (exit, stderrTail) => explain(this.#program, exit, stderrTail),
    };
  }
}

/**
 * The pipeline as arguments, with a sink that drops stale frames, encodes, and writes to standard output.
 *
 * @throws KioskError `camera/lost` if the pipeline is empty, has disallowed characters or a sink of its own, or if a
 *   crop is set
 */
export function pipelineArguments({
  cameraPipeline,
  cameraRotation,
  cameraCrop,
}: GstreamerSettings): string[] {
  const words = cameraPipeline.split(/\s+/).filter((word) => word !== '');
  const refuse = (problem: string): never => {
    throw new KioskError('camera/lost', `KIOSK_CAMERA_PIPELINE ${problem}.`);
  };
  if (words.length === 0) refuse('must name a video source, such as “nvarguscamerasrc ! nvvidconv”');
  const odd = words.find((word) => !/^[\w.,:=/()+!-]+$/.test(word) || word.startsWith('-'));
  if (odd !== undefined) refuse(`has characters that are not allowed: ${odd}`);
  if (words.some((word) => /sink$/i.test(word))) refuse('must not end in a sink: the kiosk adds its own');
  if (words.at(-1) === '!' || words[0] === '!') refuse('must neither start nor end with “!”');
  if (cameraCrop !== 1) refuse('must do its own cropping (videocrop): KIOSK_CAMERA_CROP does not apply');
  return [
    '-q',
    ...words,
    ...TURNS[cameraRotation],
    ...['!', 'queue', 'max-size-buffers=2', 'leaky=downstream'],
    ...['!', 'jpegenc', `quality=${QUALITY}`],
    ...['!', 'fdsink', 'fd=1', 'sync=false'],
  ];
}

const FAULTS: readonly (readonly [pattern: RegExp, sentence: (match: RegExpExecArray) => string])[] = [
  [
    /no element "([^"]+)"/i,
    ([, element = '']) =>
      `GStreamer has no element ${element}: install its plug-in, or correct KIOSK_CAMERA_PIPELINE.`,
  ],
  [
    /could not link|syntax error|no property|erroneous pipeline/i,
    () => 'GStreamer rejects the pipeline: correct KIOSK_CAMERA_PIPELINE.',
  ],
  [
    /device or resource busy|is busy/i,
    () => 'The camera is in use by another program; close that program, or wait.',
  ],
  [
    /argus|nvcamerasrc/i,
    () =>
      'The camera daemon (nvargus-daemon) delivers no frames: restart it, or mount its socket into the container.',
  ],
  [
    /cannot identify device|no such (?:file|device)|could not open/i,
    () => 'The camera of KIOSK_CAMERA_PIPELINE was not found.',
  ],
  [
    /permission denied/i,
    () => 'No permission to open the camera: add the kiosk’s user to the group “video”.',
  ],
];

function explain(
  program: string,
  { code, signal }: { code: number | null; signal: string | null },
  stderrTail: string,
): string {
  for (const [pattern, sentence] of FAULTS) {
    const match = pattern.exec(stderrTail);
    if (match !== null) return sentence(match);
  }
  const last = stderrTail.split('\n').at(-1) ?? '';
  return `${program} exited: ${last || `exit code ${String(code)}, signal ${String(signal)}`}.`;
}
