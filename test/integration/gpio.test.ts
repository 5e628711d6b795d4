import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GpiodGpio } from '../../src/gpio/drivers/gpiod.ts';
import { OnoffGpio } from '../../src/gpio/drivers/onoff.ts';
import type { Gpio, LineRequest } from '../../src/gpio/port.ts';
import { FakeClock } from '../fakes/clock.ts';
import { GpiodBoard } from '../fakes/gpiod.ts';
import { SysfsGpio } from '../fakes/sysfs-gpio.ts';

const BUTTON: LineRequest = { line: 17, chipLabel: '', activeLow: true, setting: 'KIOSK_BUTTON' };
const LAMP: LineRequest = { line: 27, chipLabel: '', activeLow: false, setting: 'KIOSK_LAMP' };

let sysfs: SysfsGpio;
let dev: GpiodBoard;
let onoff: Gpio;
let gpiod: Gpio;

beforeEach(() => {
  sysfs = new SysfsGpio();
  dev = new GpiodBoard();
  onoff = new OnoffGpio({ sysfsRoot: sysfs.root, load: sysfs.load });
  gpiod = new GpiodGpio({ clock: new FakeClock(), devRoot: dev.root, load: dev.load });
});

afterEach(() => {
  sysfs.dispose();
  dev.dispose();
});

const input = (gpio: Gpio, request = BUTTON) => gpio.openInput(request, () => {});
const errorWith = (code: string, words: RegExp) => ({
  code,
  message: expect.stringMatching(words) as string,
});

describe('the chip of a line', () => {
  it.each([
    ['Raspberry Pi 5', 'pinctrl-rp1', 569],
    ['Raspberry Pi 4', 'pinctrl-bcm2711', 512],
    ['Raspberry Pi 3', 'pinctrl-bcm2835', 0],
  ])('of a %s is found by its label among others, regardless of its number', async (_, label, base) => {
    sysfs.addChip('raspberrypi-exp-gpio', { base: 900, lines: 8 }).addChip(label, { base, lines: 54 });
    expect((await input(onoff)).location).toBe(`GPIO line 17 of ${label}`);
    expect(sysfs.done).toEqual([`open ${base + 17} in`]);
    dev.addChip('gpiochip0', 'raspberrypi-exp-gpio', 8).addChip('gpiochip4', label, 54);
    expect((await input(gpiod)).location).toBe(`GPIO line 17 of ${label}`);
  });

  it('is the one named in the settings', async () => {
    const request = { ...BUTTON, chipLabel: '9030000.pl061', line: 3 };
    sysfs.addPi5().addChip('9030000.pl061', { base: 504, lines: 8 });
    dev.addPi5().addChip('gpiochip7', '9030000.pl061', 8);
    for (const gpio of [onoff, gpiod])
      expect((await input(gpio, request)).location).toBe('GPIO line 3 of 9030000.pl061');
    expect(sysfs.done).toEqual(['open 507 in']);
  });
});

describe.each(['onoff', 'gpiod'] as const)('a line that is unavailable, by %s', (driver) => {
  const gpio = (): Gpio => (driver === 'onoff' ? onoff : gpiod);
  const refuse = (code: string): void => {
    sysfs.refuse = code;
    dev.refuse.request = code;
  };

  it('is reported with the existing chips if the chip does not exist', async () => {
    sysfs.addChip('9030000.pl061', { base: 504, lines: 8 });
    dev.addChip('gpiochip0', '9030000.pl061', 8);
    await expect(input(gpio())).rejects.toMatchObject(
      errorWith('gpio/no-chip', /found: 9030000\.pl061.*KIOSK_BUTTON_CHIP/),
    );
  });

  it('is reported if there is no chip at all', async () => {
    await expect(input(gpio())).rejects.toMatchObject(errorWith('gpio/no-chip', /found: none/));
  });

  it('is reported with the number of lines if the chip has too few', async () => {
    sysfs.addPi5();
    dev.addPi5();
    await expect(input(gpio(), { ...BUTTON, line: 54 })).rejects.toMatchObject(
      errorWith('gpio/no-line', /54 lines.*KIOSK_BUTTON_LINE/),
    );
    await expect(gpio().openOutput({ ...LAMP, line: 54 })).rejects.toMatchObject(
      errorWith('gpio/no-line', /54 lines.*KIOSK_LAMP_LINE/),
    );
  });

  it.each([
    ['EACCES', 'gpio/no-permission', 'group gpio'],
    ['EPERM', 'gpio/no-permission', 'group gpio'],
    ['EBUSY', 'gpio/busy', 'KIOSK_BUTTON=input'],
    ['EINVAL', 'gpio/no-line', 'KIOSK_BUTTON_CHIP'],
    ['ENOENT', 'gpio/no-line', 'edge detection'],
    ['EIO', 'gpio/failed', 'cannot be used'],
  ])('is reported on %s as %s with its cure', async (errno, code, cure) => {
    sysfs.addPi5();
    dev.addPi5();
    refuse(errno);
    await expect(input(gpio())).rejects.toMatchObject({
      ...errorWith(code, new RegExp(`GPIO line 17 of pinctrl-rp1.*${cure}`)),
      cause: expect.objectContaining({ code: errno }) as object,
    });
  });
});

describe('a line by onoff', () => {
  it('is unavailable if the kernel has no sysfs GPIO', async () => {
    rmSync(sysfs.root, { recursive: true });
    await expect(input(onoff)).rejects.toMatchObject(
      errorWith('gpio/no-sysfs', /use gpiod.*KIOSK_BUTTON=input/),
    );
  });

  it('is released if it reports no edges, which onoff does not reveal', async () => {
    sysfs.addPi5();
    sysfs.sullen = { edge: () => 'none' };
    await expect(input(onoff)).rejects.toMatchObject(errorWith('gpio/no-line', /edge detection/));
    expect(sysfs.done.at(-1)).toBe('unexport 586');
  });

  it('is released if it cannot be watched', async () => {
    sysfs.addPi5();
    sysfs.sullen = {
      watch: () => {
        throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
      },
    };
    await expect(input(onoff)).rejects.toMatchObject({ code: 'gpio/failed' });
    expect(sysfs.done.at(-1)).toBe('unexport 586');
  });

  it('stays exported if it was exported before: the running kiosk may use it', async () => {
    sysfs.addPi5().exportLine(586);
    (await input(onoff)).close();
    expect(sysfs.done).toEqual(['open 586 in', 'unwatch 586']);
  });
});

describe('a line by gpiod', () => {
  it('is requested with the pull that its active level needs', async () => {
    dev.addPi5();
    await input(gpiod);
    await input(gpiod, { ...BUTTON, line: 18, activeLow: false });
    expect(dev.done).toEqual(['input pinctrl-rp1 17 flags 36', 'input pinctrl-rp1 18 flags 16']);
  });

  it('is reported as not permitted, rather than not found, if no chip may be opened', async () => {
    dev.addPi5().refuse.chip = 'EACCES';
    await expect(input(gpiod)).rejects.toMatchObject(
      errorWith('gpio/no-permission', /gpiochip\d+ is not permitted/),
    );
  });

  it('ignores device files that are not GPIO chips', async () => {
    dev.addPi5().refuse.chip = 'ENOTTY';
    await expect(input(gpiod)).rejects.toMatchObject(errorWith('gpio/no-chip', /found: none/));
  });

  it('is unavailable with libgpiod 2', async () => {
    dev.addPi5().version = '2.1.3';
    await expect(input(gpiod)).rejects.toMatchObject(
      errorWith('gpio/no-driver', /libgpiod 2\.1\.3.*needs libgpiod 1\.x/),
    );
  });

  it('is unavailable without the package, and the message says how to get it', async () => {
    const real = new GpiodGpio({ clock: new FakeClock(), devRoot: dev.root });
    await expect(input(real)).rejects.toMatchObject(
      errorWith('gpio/no-driver', /node-libgpiod is not installed.*libgpiod 1\.x/),
    );
  });

  it('is unavailable if the package throws while it loads', async () => {
    const broken = new GpiodGpio({
      clock: new FakeClock(),
      load: () => Promise.reject(new Error('libgpiod.so.2: cannot open shared object file')),
    });
    await expect(input(broken)).rejects.toThrow('libgpiod.so.2');
  });
});

describe.each(['onoff', 'gpiod'] as const)('an output by %s', (driver) => {
  it.each([
    [false, [false, true, false]],
    [true, [true, false, true]],
  ])('is off at first and after it is closed, active low: %s', async (activeLow, levels) => {
    sysfs.addPi5();
    dev.addPi5();
    const gpio = driver === 'onoff' ? onoff : gpiod;
    const wire = driver === 'onoff' ? sysfs.wire(569 + 27) : dev.wire('pinctrl-rp1', 27);
    const line = await gpio.openOutput({ ...LAMP, activeLow });
    const seen = [wire.high];
    line.write(true);
    seen.push(wire.high);
    line.close();
    line.close();
    seen.push(wire.high);
    expect(seen).toEqual(levels);
  });
});
