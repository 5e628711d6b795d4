import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GpioKey } from '../../src/button/drivers/gpio.ts';
import { InputKey } from '../../src/button/drivers/input.ts';
import { VirtualKey } from '../../src/button/drivers/virtual.ts';
import type { KeyEvent } from '../../src/button/port.ts';
import { GpiodGpio } from '../../src/gpio/drivers/gpiod.ts';
import { OnoffGpio } from '../../src/gpio/drivers/onoff.ts';
import { KEY_CODES } from '../../src/lib/key-codes.ts';
import { FakeClock } from '../fakes/clock.ts';
import { GpiodBoard } from '../fakes/gpiod.ts';
import { InputDevices, type FakeInputDevice } from '../fakes/input-devices.ts';
import { SysfsGpio } from '../fakes/sysfs-gpio.ts';
import { keyContract, type KeyRig } from './key-contract.ts';

const LINE = { line: 17, chipLabel: '', activeLow: true, setting: 'KIOSK_BUTTON' } as const;

keyContract('a GPIO line by onoff', { bare: true, seesStart: true }, () => {
  const clock = new FakeClock();
  const board = new SysfsGpio().addPi5();
  const gpio = new OnoffGpio({ sysfsRoot: board.root, load: board.load });
  return {
    key: new GpioKey({ gpio, request: LINE, clock }),
    clock,
    set: (down) => {
      board.wire(569 + 17).set(!down);
    },
    held: () => board.done.at(-1)?.startsWith('open') === true,
    dispose: () => {
      board.dispose();
    },
  };
});

keyContract('a GPIO line by gpiod', { bare: true, seesStart: true }, () => {
  const clock = new FakeClock();
  const board = new GpiodBoard().addPi5();
  const gpio = new GpiodGpio({ clock, devRoot: board.root, load: board.load });
  return {
    key: new GpioKey({ gpio, request: LINE, clock }),
    clock,
    set: (down) => {
      board.wire('pinctrl-rp1', 17).set(!down);
    },
    held: () => board.done.at(-1)?.startsWith('input') === true,
    dispose: () => {
      board.dispose();
    },
  };
});

function inputRig(device: FakeInputDevice): KeyRig {
  const clock = new FakeClock();
  const devices = new InputDevices().plug('event3', device);
  const { sysRoot, devRoot } = devices;
  const key = new InputKey({ device: '', keys: new Set(device.keys), clock, sysRoot, devRoot });
  const held = (): boolean => descriptorsOf(devRoot) > 1;
  return {
    key,
    clock,
    set: (down) => {
      // The kernel queues events only for processes that have the device open.
      if (held()) devices.send('event3', device.keys[0]!, down ? 1 : 0, clock.monotonic());
      else devices.drain('event3');
    },
    held,
    dispose: () => {
      devices.dispose();
    },
  };
}

/** How many files of a folder this process has open. */
function descriptorsOf(folder: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}

keyContract('a line of gpio-keys', { bare: true, seesStart: false }, () =>
  inputRig({ name: 'button@11', keys: [KEY_CODES.KEY_PROG1], phys: 'gpio-keys/input0' }),
);

keyContract('the key of a USB dermatoscope', { bare: false, seesStart: false }, () =>
  inputRig({ name: 'USB Microscope: USB Microscope', keys: [KEY_CODES.KEY_CAMERA] }),
);

describe('the virtual key', () => {
  it('is pressed and released at once, only between start and stop', async () => {
    const key = new VirtualKey();
    const events: KeyEvent[] = [];
    key.press(1);
    await key.start((item) => events.push(item));
    key.press(2);
    await key.stop();
    key.press(3);
    expect(events.map((item) => [item.type, item.type === 'level' && item.pressed])).toEqual([
      ['found', false],
      ['level', true],
      ['level', false],
    ]);
  });
});
