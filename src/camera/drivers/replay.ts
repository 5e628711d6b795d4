import { resolve } from 'node:path';
import type { CameraProgram } from '../port.ts';
import { ownProgram } from './own-program.ts';

export interface ReplaySettings {
  readonly cameraWidth: number;
  readonly cameraHeight: number;
  readonly cameraFps: number;
  readonly replayDir: string;
  readonly replaySecondsPerPicture: number;
}

/** A folder of images as a camera. */
export function replayProgram(settings: ReplaySettings): CameraProgram {
  return ownProgram('replay', [
    `--dir=${settings.replayDir && resolve(settings.replayDir)}`,
    `--width=${settings.cameraWidth}`,
    `--height=${settings.cameraHeight}`,
    `--fps=${settings.cameraFps}`,
    `--seconds-per-picture=${settings.replaySecondsPerPicture}`,
  ]);
}
