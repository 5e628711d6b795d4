import type { CameraProgram } from '../port.ts';
import { ownProgram } from './own-program.ts';

export interface PhantomSettings {
  readonly cameraWidth: number;
  readonly cameraHeight: number;
  readonly cameraFps: number;
  readonly phantomScene: string;
  readonly phantomSeed: number;
}

/** A simulated dermatoscope: the whole product can be seen without any hardware. */
export function phantomProgram(settings: PhantomSettings): CameraProgram {
  return ownProgram('phantom', [
    `--width=${settings.cameraWidth}`,
    `--height=${settings.cameraHeight}`,
    `--fps=${settings.cameraFps}`,
    `--scene=${settings.phantomScene}`,
    `--seed=${settings.phantomSeed}`,
  ]);
}
