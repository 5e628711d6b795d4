import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OnoffButton, type GpioLine, type OnoffButtonOptions } from '../../src/button/drivers/onoff.ts';
import { FakeClock } from '../fakes/clock.ts';

const DEBOUNCE_MS = 30;

let sysfs = '';

beforeEach(() => {
  sysfs = mkdtempSync(join(tmpdir(), 'kiosk-gpio-'));
});

afterEach(() => {
  rmSync(sysfs, { recursive: true, force: true });
});

/** A chip as the kernel shows it in sysfs. */
function addChip(name: string, chip: { label: string; base: number; lines: number }): void {
  const dir = join(sysfs, name);
  mkdirSync(dir);
  writeFileSync(join(dir, 'label'), `${chip.label}\n`);
  writeFileSync(join(dir, 'base'), `${chip.base}\n`);
  writeFileSync(join(dir, 'ngpio'), `${chip.lines}\n`);
}

/** A Raspberry Pi 5: the header's bank is neither the first chip nor at zero. */
function addPi5(): void {
  addChip('gpiochip512', { label: 'gpio-brcmstb@107d508500', base: 512, lines: 32 });
  addChip('gpiochip569', { label: 'pinctrl-rp1', base: 569, lines: 54 });
}

/** A line that is turned by hand; it remembers whether it was let go. */
class FakeLine implements GpioLine {
  #value: 0 | 1;
  #listener: (error: Error | null | undefined, value: 0 | 1) => void = () => undefined;
  readonly released: string[] = [];

  constructor(value: 0 | 1 = 0) {
    this.#value = value;
  }

  readSync(): 0 | 1 {
    return this.#value;
  }

  watch(listener: (error: Error | null | undefined, value: 0 | 1) => void): void {
    this.#listener = listener;
  }

  unwatch(): void {
    this.released.push('unwatch');
  }

  unexport(): void {
    this.released.push('unexport');
  }

  turn(value: 0 | 1): void {
    this.#value = value;
    this.#listener(null, value);
  }
}

function rig(options: Partial<OnoffButtonOptions> = {}) {
  const clock = new FakeClock();
  const line = new FakeLine();
  const opened: number[] = [];
  const presses: number[] = [];
  const button = new OnoffButton({
    line: 17,
    chipLabel: '',
    activeLow: true,
    debounceMs: DEBOUNCE_MS,
    clock,
    sysfsRoot: sysfs,
    openLine: (number) => {
      opened.push(number);
      return Promise.resolve(line);
    },
    ...options,
  });
  const start = () => button.start(({ at }) => presses.push(at));
  return { clock, line, opened, presses, button, start };
}

/** As the file system of the kernel throws it out of onoff. */
function refusal(code: string): Partial<OnoffButtonOptions> {
  return { openLine: () => Promise.reject(Object.assign(new Error(`${code}: refused, write`), { code })) };
}

describe('the button on a GPIO line', () => {
  it.each([
    ['Raspberry Pi 5', 'pinctrl-rp1', 569],
    ['Raspberry Pi 4', 'pinctrl-bcm2711', 512],
    ['Raspberry Pi 3', 'pinctrl-bcm2835', 0],
  ])('finds the header of a %s by its label, among others', async (_, label, base) => {
    addChip('gpiochip900', { label: 'raspberrypi-exp-gpio', base: 900, lines: 8 });
    addChip(`gpiochip${base}`, { label, base, lines: 54 });
    const { opened, start } = rig();
    await start();
    expect(opened).toEqual([base + 17]);
  });

  it('takes the chip that the settings name', async () => {
    addPi5();
    addChip('gpiochip504', { label: '9030000.pl061', base: 504, lines: 8 });
    const { opened, start } = rig({ chipLabel: '9030000.pl061', line: 3 });
    await start();
    expect(opened).toEqual([507]);
  });

  it('gives one press for a press that bounces, at the time of its edge', async () => {
    addPi5();
    const { clock, line, presses, start } = rig();
    await start();
    await clock.advance(100);
    line.turn(1);
    await clock.advance(2);
    line.turn(0);
    await clock.advance(2);
    line.turn(1);
    await clock.advance(DEBOUNCE_MS - 1);
    expect(presses).toEqual([]);
    await clock.advance(1);
    expect(presses).toEqual([104]);
    line.turn(0);
    await clock.advance(1_000);
    expect(presses).toEqual([104]);
  });

  it('gives no press for a button that is held down at the start', async () => {
    addPi5();
    const line = new FakeLine(1);
    const { clock, presses, start } = rig({ openLine: () => Promise.resolve(line) });
    await start();
    await clock.advance(1_000);
    line.turn(1);
    await clock.advance(1_000);
    expect(presses).toEqual([]);
    line.turn(0);
    await clock.advance(1_000);
    line.turn(1);
    await clock.advance(1_000);
    expect(presses).toHaveLength(1);
  });

  it('lets the line go when it stops, and gives no press that was not yet proved', async () => {
    addPi5();
    const { clock, line, presses, button, start } = rig();
    await start();
    line.turn(1);
    await button.stop();
    await button.stop();
    await clock.advance(1_000);
    expect(presses).toEqual([]);
    expect(line.released).toEqual(['unwatch', 'unexport']);
  });
});

describe('a GPIO line that cannot be had', () => {
  it('says that the kernel has no sysfs GPIO', async () => {
    rmSync(sysfs, { recursive: true });
    await expect(rig().start()).rejects.toMatchObject({
      code: 'button/no-sysfs',
      message: expect.stringContaining('KIOSK_BUTTON=virtual') as string,
    });
  });

  it('names the chips that are there when the wanted one is not', async () => {
    addChip('gpiochip504', { label: '9030000.pl061', base: 504, lines: 8 });
    await expect(rig().start()).rejects.toMatchObject({
      code: 'button/no-chip',
      message: expect.stringMatching(/there: 9030000\.pl061.*KIOSK_BUTTON_CHIP/) as string,
    });
  });

  it('says that sysfs shows no chip at all', async () => {
    await expect(rig().start()).rejects.toMatchObject({
      code: 'button/no-chip',
      message: expect.stringContaining('there: none') as string,
    });
  });

  it('says how many lines the chip has when there are too few', async () => {
    addPi5();
    await expect(rig({ line: 54 }).start()).rejects.toMatchObject({
      code: 'button/no-line',
      message: expect.stringMatching(/54 lines.*KIOSK_BUTTON_LINE/) as string,
    });
  });

  it.each([
    ['EACCES', 'button/no-permission', 'group gpio'],
    ['EPERM', 'button/no-permission', 'group gpio'],
    ['EBUSY', 'button/busy', 'free it'],
    ['EINVAL', 'button/no-line', 'KIOSK_BUTTON_LINE'],
    ['EIO', 'button/failed', 'cannot be used'],
  ])('tells %s as %s with its cure', async (errno, code, cure) => {
    addPi5();
    await expect(rig(refusal(errno)).start()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(`GPIO line 17 \\(586 in sysfs\\).*${cure}`) as string,
      cause: expect.objectContaining({ code: errno }) as object,
    });
  });

  it('lets go of a line that was opened and then cannot be watched', async () => {
    addPi5();
    const line = new FakeLine();
    line.watch = () => {
      throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
    };
    await expect(rig({ openLine: () => Promise.resolve(line) }).start()).rejects.toMatchObject({
      code: 'button/failed',
    });
    expect(line.released).toContain('unexport');
  });
});
