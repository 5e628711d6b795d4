import type { Button } from './button/port.ts';
import type { CameraProgram } from './camera/port.ts';
import type { Config } from './config/schema.ts';
import type { Clock } from './lib/clock.ts';
import { KioskError } from './lib/errors.ts';

/** A driver is loaded only when it is chosen, so that a machine without its native module still starts. */
export async function cameraProgram(config: Config): Promise<CameraProgram> {
  switch (config.camera) {
    case 'phantom':
      return (await import('./camera/drivers/phantom.ts')).phantomProgram(config);
    case 'replay':
      return (await import('./camera/drivers/replay.ts')).replayProgram(config);
    default:
      throw new KioskError(
        'config/invalid',
        `there is no camera driver ${String(config.camera satisfies never)}`,
      );
  }
}

/** The hardware button, or `undefined` when only the virtual one is wanted. */
export async function hardwareButton(config: Config, clock: Clock): Promise<Button | undefined> {
  switch (config.button) {
    case 'virtual':
      return undefined;
    case 'onoff': {
      const { OnoffButton } = await import('./button/drivers/onoff.ts');
      return new OnoffButton({
        line: config.buttonLine,
        chipLabel: config.buttonChip,
        activeLow: config.buttonActiveLow,
        debounceMs: config.buttonDebounceMs,
        clock,
      });
    }
    default:
      throw new KioskError(
        'config/invalid',
        `there is no button driver ${String(config.button satisfies never)}`,
      );
  }
}
