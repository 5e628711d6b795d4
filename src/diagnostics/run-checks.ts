import type { Board } from '../board/port.ts';
import type { FrameInspection } from '../classifier/port.ts';
import type { Clock } from '../lib/clock.ts';
import { codeOf, describe } from '../lib/errors.ts';
import type { Check } from '../protocol/diagnostics.ts';
import { boardCheck, clockCheck, diskCheck, heatCheck, memoryCheck, powerCheck } from './board-checks.ts';
import { readCalibration } from '../config/camera-calibration.ts';
import { cameraCheck, type CameraSample } from './camera-check.ts';
import { attempt, checkOf } from './check.ts';
import { versionsCheck, type Versions } from './device-checks.ts';
import { colourCheck, pictureCheck } from './image-checks.ts';

/**
 * The data sources of the checks: the running kiosk uses the components it has open, `kiosk doctor` starts each one
 * briefly. An error thrown by any of them is its finding.
 */
export interface CheckSources {
  readonly board: Board;
  readonly camera: () => Promise<CameraSample>;
  /** `undefined` during a session: its image comes first. @throws KioskError as `FrameInspector.look` */
  readonly look: (jpeg: Uint8Array) => Promise<FrameInspection | undefined>;
  readonly button: () => Check | Promise<Check>;
  readonly lamp: () => Check | Promise<Check>;
  readonly model: () => Check | Promise<Check>;
  readonly engine: () => Check | Promise<Check>;
  /** Performs a test write. @returns the finding @throws Error if it failed */
  readonly record: () => string | Promise<string>;
  readonly versions: Versions;
  /** Resident memory of this process, bytes. */
  readonly ownBytes: () => number;
  readonly config: { readonly dataDir: string; readonly cameraFps: number };
  readonly clock: Pick<Clock, 'wall'>;
}

/** Runs all checks, one after the other; a failing check does not prevent the others. */
export async function runChecks(parts: CheckSources): Promise<readonly Check[]> {
  const seen = await imageChecks(parts);
  const checks = [
    ...seen,
    await attempt('button', parts.button),
    await attempt('lamp', parts.lamp),
    await attempt('model', parts.model),
    await attempt('engine', parts.engine),
    await attempt('disk', async () => {
      // First: a folder created by the test write does not exist on any disk before.
      const recording = await parts.record();
      return diskCheck(await parts.board.read(), recording);
    }),
  ];
  const reading = await parts.board.read();
  return [
    ...checks,
    memoryCheck(reading, parts.ownBytes()),
    clockCheck(reading, new Date(parts.clock.wall())),
    powerCheck(reading),
    heatCheck(reading),
    boardCheck(reading),
    versionsCheck(parts.versions),
  ];
}

/** Camera, image and colour: each needs the previous one. */
async function imageChecks(parts: CheckSources): Promise<readonly Check[]> {
  let sample: CameraSample;
  try {
    sample = await parts.camera();
  } catch (error) {
    return [checkOf('camera', 'failed', describe(error)), ...notChecked('no camera')];
  }
  const camera = cameraCheck(sample, parts.config.cameraFps);
  if (sample.last === undefined) return [camera, ...notChecked('no image')];
  try {
    const look = await parts.look(sample.last.jpeg);
    if (look === undefined) return [camera, ...notChecked('a capture is in progress')];
    return [camera, pictureCheck(look), colourCheck(look, await readCalibration(parts.config.dataDir))];
  } catch (error) {
    // A frame that cannot be decoded is a camera fault; a failure to inspect it is not.
    const state = codeOf(error).startsWith('picture/') ? 'failed' : 'unknown';
    const colour = checkOf('colour', 'unknown', 'the image could not be checked');
    return [camera, checkOf('picture', state, describe(error)), colour];
  }
}

function notChecked(why: string): readonly Check[] {
  return [checkOf('picture', 'unknown', why), checkOf('colour', 'unknown', why)];
}
