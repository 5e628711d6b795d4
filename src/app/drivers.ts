import type { Backlight } from '../backlight/port.ts';
import type { HardwareName } from '../button/opening.ts';
import type { Key } from '../button/port.ts';
import type { CameraDriver, CameraProgram, ConvergedSettings } from '../camera/port.ts';
import type { Config } from '../config/schema.ts';
import type { Gpio, LineRequest } from '../gpio/port.ts';
import type { LampHardware } from '../lamp/opening.ts';
import type { Lamp } from '../lamp/port.ts';
import type { Clock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import { keyCodes } from '../lib/key-codes.ts';

/** Drivers are loaded on demand, so that a machine without a native module still starts. */
export async function cameraProgram(config: Config): Promise<CameraProgram | CameraDriver> {
  switch (config.camera) {
    case 'phantom':
      return (await import('../camera/drivers/phantom.ts')).phantomProgram(config);
    case 'replay':
      return (await import('../camera/drivers/replay.ts')).replayProgram(config);
    case 'libcamera':
      return new (await import('../camera/drivers/libcamera.ts')).LibcameraDriver(config);
    case 'v4l2':
      return new (await import('../camera/drivers/v4l2.ts')).V4l2Driver(config);
    case 'gstreamer':
      return new (await import('../camera/drivers/gstreamer.ts')).GstreamerDriver(config);
    case 'auto': {
      const names = [
        'libcamera',
        'v4l2',
        ...(config.cameraPipeline === '' ? [] : ['gstreamer' as const]),
      ] as const;
      const finders = names.map((camera) => cameraProgram({ ...config, camera }));
      const { AutoDriver } = await import('../camera/drivers/auto.ts');
      return new AutoDriver((await Promise.all(finders)) as CameraDriver[]);
    }
    default:
      throw new KioskError(
        'config/invalid',
        `there is no camera driver ${String(config.camera satisfies never)}`,
      );
  }
}

/**
 * The settings that the camera converges to in front of a white card.
 *
 * @throws KioskError `config/invalid` for a driver that does not report them; `camera/lost`
 */
export async function convergedCamera(config: Config): Promise<ConvergedSettings> {
  switch (config.camera) {
    case 'libcamera':
      return (await import('../camera/drivers/libcamera.ts')).convergedLibcamera(config);
    case 'v4l2':
      return new (await import('../camera/drivers/v4l2.ts')).V4l2Driver(config).converged();
    case 'auto':
    case 'gstreamer':
    case 'phantom':
    case 'replay':
      throw new KioskError(
        'config/invalid',
        `KIOSK_CAMERA=${config.camera} cannot be calibrated: set libcamera or v4l2`,
      );
  }
}

/**
 * One image at the sensor's full resolution, while no other program uses the camera.
 *
 * @param path search path for programs, like PATH
 * @throws KioskError `config/invalid` for a driver without stills; `camera/lost`, `camera/timeout`
 */
export async function cameraStill(config: Config, clock: Clock, path?: string): Promise<Uint8Array> {
  if (config.camera !== 'libcamera')
    throw new KioskError('config/invalid', `KIOSK_CAMERA=${config.camera} cannot take stills: set libcamera`);
  return (await import('../camera/drivers/libcamera-still.ts')).takeStill(config, { clock, path });
}

/** A key of the hardware button, not started yet. */
export async function hardwareKey(name: HardwareName, config: Config, clock: Clock): Promise<Key> {
  if (name === 'input') {
    const { InputKey } = await import('../button/drivers/input.ts');
    return new InputKey({ device: config.buttonDevice, keys: keyCodes(config.buttonKeys), clock });
  }
  const { GpioKey } = await import('../button/drivers/gpio.ts');
  const request: LineRequest = {
    line: config.buttonLine,
    chipLabel: config.buttonChip,
    activeLow: config.buttonActiveLow,
    setting: 'KIOSK_BUTTON',
  };
  return new GpioKey({ gpio: await gpioOf(name, clock), request, clock });
}

/** The lamp on its line, not started yet. */
export async function hardwareLamp(name: LampHardware, config: Config, clock: Clock): Promise<Lamp> {
  const { GpioLamp } = await import('../lamp/drivers/gpio.ts');
  const request: LineRequest = {
    line: config.lampLine,
    chipLabel: config.lampChip,
    activeLow: config.lampActiveLow,
    setting: 'KIOSK_LAMP',
  };
  return new GpioLamp({ gpio: await gpioOf(name, clock), request });
}

/** The display's backlight, if the kernel has one. */
export async function backlight(): Promise<Backlight | undefined> {
  return (await import('../backlight/drivers/sysfs.ts')).findBacklight();
}

async function gpioOf(name: Gpio['driver'], clock: Clock): Promise<Gpio> {
  switch (name) {
    case 'gpiod':
      return new (await import('../gpio/drivers/gpiod.ts')).GpiodGpio({ clock });
    case 'onoff':
      return new (await import('../gpio/drivers/onoff.ts')).OnoffGpio();
  }
}
