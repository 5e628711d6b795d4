import type { Backlight } from '../backlight/port.ts';
import type { HardwareName } from '../button/opening.ts';
import type { Key } from '../button/port.ts';
import type { Config } from '../config/schema.ts';
import type { Gpio, LineRequest } from '../gpio/port.ts';
import type { LampHardware } from '../lamp/opening.ts';
import type { Lamp } from '../lamp/port.ts';
import type { Clock } from '../lib/clock.ts';
import { keyCodes } from '../lib/key-codes.ts';

/** Drivers are loaded on demand, so that a machine without a native module still starts. Cameras: `camera-drivers.ts`. */

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
