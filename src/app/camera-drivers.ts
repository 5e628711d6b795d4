import type { CameraDriver, CameraProgram, ConvergedSettings } from '../camera/port.ts';
import { CAMERA_NAMES, missingFor, TRIED_BY_AUTO, type CameraName } from '../config/camera-names.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';

interface CameraEntry {
  /** Loads the driver by a dynamic import, so that a machine without a native module still starts. */
  readonly open: (config: Config) => Promise<CameraProgram | CameraDriver>;
  /** The settings it converges to in front of a white card, if it reports them. */
  readonly converged?: (config: Config) => Promise<ConvergedSettings>;
  /** One image at the sensor's full resolution, if it can take one. */
  readonly still?: (config: Config, how: { clock: Clock; path: string | undefined }) => Promise<Uint8Array>;
}

const CAMERAS: Readonly<Record<CameraName, CameraEntry>> = {
  phantom: {
    open: async (config) => (await import('../camera/drivers/phantom.ts')).phantomProgram(config),
  },
  replay: {
    open: async (config) => (await import('../camera/drivers/replay.ts')).replayProgram(config),
  },
  auto: {
    open: async (config) => {
      const names = TRIED_BY_AUTO.filter((name) => missingFor(name, config) === undefined);
      const drivers = await Promise.all(names.map((camera) => cameraProgram({ ...config, camera })));
      return new (await import('../camera/drivers/auto.ts')).AutoDriver(drivers as CameraDriver[]);
    },
  },
  libcamera: {
    open: async (config) => new (await import('../camera/drivers/libcamera.ts')).LibcameraDriver(config),
    converged: async (config) => (await import('../camera/drivers/libcamera.ts')).convergedLibcamera(config),
    still: async (config, how) =>
      (await import('../camera/drivers/libcamera-still.ts')).takeStill(config, how),
  },
  v4l2: {
    open: async (config) => new (await import('../camera/drivers/v4l2.ts')).V4l2Driver(config),
    converged: async (config) =>
      new (await import('../camera/drivers/v4l2.ts')).V4l2Driver(config).converged(),
  },
  gstreamer: {
    open: async (config) => new (await import('../camera/drivers/gstreamer.ts')).GstreamerDriver(config),
  },
};

/** The driver of these settings; no other is loaded. */
export function cameraProgram(config: Config): Promise<CameraProgram | CameraDriver> {
  return CAMERAS[config.camera].open(config);
}

/**
 * The settings that the camera converges to in front of a white card.
 *
 * @throws KioskError `config/invalid` for a driver that does not report them; `camera/lost`
 */
export async function convergedCamera(config: Config): Promise<ConvergedSettings> {
  const { converged } = CAMERAS[config.camera];
  if (converged === undefined)
    throw new KioskError(
      'config/invalid',
      `KIOSK_CAMERA=${config.camera} cannot be calibrated: set ${thoseWith('converged')}`,
    );
  return converged(config);
}

/**
 * One image at the sensor's full resolution, while no other program uses the camera.
 *
 * @param path search path for programs, like PATH
 * @throws KioskError `config/invalid` for a driver without stills; `camera/lost`, `camera/timeout`
 */
export async function cameraStill(config: Config, clock: Clock, path?: string): Promise<Uint8Array> {
  const { still } = CAMERAS[config.camera];
  if (still === undefined)
    throw new KioskError(
      'config/invalid',
      `KIOSK_CAMERA=${config.camera} cannot take stills: set ${thoseWith('still')}`,
    );
  return still(config, { clock, path });
}

function thoseWith(ability: 'converged' | 'still'): string {
  return CAMERA_NAMES.filter((name) => CAMERAS[name][ability] !== undefined).join(' or ');
}
