import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BrightnessControl } from '../../src/backlight/brightness-control.ts';
import { findBacklight } from '../../src/backlight/drivers/sysfs.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';

let root: string;
let dimmed: number[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kiosk-backlight-'));
  dimmed = [];
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A display whose backlight goes up to 31, like the Raspberry Pi display. */
function display(): string {
  const folder = join(root, 'sys/class/backlight/10-0045');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'max_brightness'), '31\n');
  writeFileSync(join(folder, 'brightness'), '31\n');
  return join(folder, 'brightness');
}

function brightnessControl(log = new MemoryLogger()): BrightnessControl {
  return new BrightnessControl({
    find: () => findBacklight(root),
    brightness: 100,
    dimPicture: (percent) => dimmed.push(percent),
    log,
  });
}

describe('the brightness of the screen', () => {
  it('sets the display’s backlight if there is one, and never turns it off', async () => {
    const file = display();
    const one = brightnessControl();
    await one.start();
    expect(one.dims()).toBe('backlight');
    const written: string[] = [];
    for (const percent of [50, 1]) {
      await one.set(percent);
      written.push(readFileSync(file, 'utf8').trim());
    }
    expect(written).toEqual(['16', '1']);
    expect(dimmed).toEqual([100, 100, 100]);
  });

  it('dims the page if there is no backlight', async () => {
    const one = brightnessControl();
    await one.start();
    await one.set(60);
    expect([one.dims(), dimmed]).toEqual(['picture', [100, 60]]);
  });

  it('dims the page if the backlight cannot be set, and logs that once', async () => {
    const file = display();
    rmSync(file);
    mkdirSync(file);
    const log = new MemoryLogger();
    const one = brightnessControl(log);
    await one.start();
    await one.set(60);
    expect([one.dims(), dimmed]).toEqual(['picture', [100, 60]]);
    expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
  });
});
