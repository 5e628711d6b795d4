import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LinuxBoard } from '../../src/board/linux-board.ts';
import type { BoardReading } from '../../src/board/port.ts';
import { warningsOf } from '../../src/board/warnings.ts';
import { BoardRoot, SILENT } from '../fakes/board-root.ts';

let root: BoardRoot;

beforeEach(() => {
  root = new BoardRoot();
});

afterEach(() => {
  root.dispose();
});

function read(dataDir = tmpdir()): Promise<BoardReading> {
  return new LinuxBoard({ root: root.path, dataDir }).read();
}

describe('the reading of a board under Linux', () => {
  it('is empty if nothing can be read, and nothing is guessed', async () => {
    expect(await read('/nonexistent')).toEqual(SILENT);
  });

  it('contains its name, from the device tree in preference to a PC’s firmware', async () => {
    root.write('sys/class/dmi/id/product_name', 'A PC\n');
    expect((await read()).model).toBe('A PC');
    root.write('proc/device-tree/model', 'Raspberry Pi 5 Model B Rev 1.0\0');
    expect((await read()).model).toBe('Raspberry Pi 5 Model B Rev 1.0');
  });

  it('contains the kernel’s voltage alarm, without any program', async () => {
    root.voltageAlarm(true);
    expect(await read()).toMatchObject({
      underVoltage: { now: true, sinceBoot: true },
      throttled: undefined,
    });
    root.voltageAlarm(false);
    expect((await read()).underVoltage).toEqual({ now: false, sinceBoot: undefined });
  });

  it.each([
    [0x0, [false, false], [false, false], [false, false]],
    [0x1, [true, true], [false, false], [false, false]],
    [0x50000, [false, true], [false, true], [false, false]],
    [0x50005, [true, true], [true, true], [false, false]],
    [0x2, [false, false], [true, true], [false, false]],
    [0x80008, [false, false], [false, false], [true, true]],
  ] as const)('contains what the firmware reports: %i', async (value, ...expected) => {
    root.throttled(value);
    const { underVoltage, throttled, tooHot } = await read();
    expect([underVoltage, throttled, tooHot].map((alarm) => [alarm?.now, alarm?.sinceBoot])).toEqual(
      expected,
    );
  });

  it('uses the kernel’s alarm for the present and the firmware’s bits for the past', async () => {
    root.voltageAlarm(false).throttled(0x10001);
    expect((await read()).underVoltage).toEqual({ now: false, sinceBoot: true });
  });

  it.each(['echo nothing of the kind', 'exit 1', 'echo throttled=0xzz'])(
    'ignores a program that does this: %s',
    async (script) => {
      root.program('usr/bin/vcgencmd', script);
      expect(await read()).toMatchObject({
        underVoltage: undefined,
        throttled: undefined,
        tooHot: undefined,
      });
    },
  );

  it('contains the temperature of the hottest plausible zone', async () => {
    root.celsius(48.3, 61.25, -274, 0).write('sys/class/thermal/thermal_zone4/temp', 'broken');
    expect((await read()).celsius).toBe(61.25);
  });

  it('contains the memory available to programs', async () => {
    root.write(
      'proc/meminfo',
      'MemTotal:        4000 kB\nMemFree:          100 kB\nMemAvailable:    1500 kB\n',
    );
    expect((await read()).memory).toEqual({ freeBytes: 1500 * 1024, totalBytes: 4000 * 1024 });
  });

  it('contains the disk space of the data folder', async () => {
    const { disk } = await read();
    expect(disk?.freeBytes).toBeGreaterThan(0);
    expect(disk?.totalBytes).toBeGreaterThanOrEqual(disk?.freeBytes ?? Infinity);
  });

  it('contains whether its clock is synchronised, from systemd’s file or timedatectl', async () => {
    root.program('usr/bin/timedatectl', 'echo no');
    expect((await read()).clockSynchronised).toBe(false);
    root.write('run/systemd/timesync/synchronized', '');
    expect((await read()).clockSynchronised).toBe(true);
  });
});

describe('the warnings of a board', () => {
  const none = { now: false, sinceBoot: false };
  const past = { now: false, sinceBoot: true };
  const now = { now: true, sinceBoot: true };

  it('are none if the board reports nothing', () => {
    expect(warningsOf(SILENT)).toEqual([]);
  });

  it('are the present conditions, the most severe first', () => {
    expect(warningsOf({ ...SILENT, throttled: now, tooHot: now, underVoltage: now })).toEqual([
      'under-voltage',
      'hot',
      'throttled',
    ]);
  });

  it('include heat from the temperature on at which a board is throttled', () => {
    expect(warningsOf({ ...SILENT, celsius: 79.9 })).toEqual([]);
    expect(warningsOf({ ...SILENT, celsius: 80 })).toEqual(['hot']);
  });

  it('do not include conditions that ended before the kiosk started', () => {
    expect(warningsOf({ ...SILENT, underVoltage: past })).toEqual([]);
    expect(warningsOf({ ...SILENT, underVoltage: past }, { ...SILENT, underVoltage: past })).toEqual([]);
  });

  it('include a condition that came and went between two readings', () => {
    const before = { ...SILENT, underVoltage: none };
    expect(warningsOf({ ...SILENT, underVoltage: past }, before)).toEqual(['under-voltage']);
  });
});
