import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputKey, type InputKeyOptions } from '../../src/button/drivers/input.ts';
import type { KeyEvent } from '../../src/button/port.ts';
import { KEY_CODES, keyCodes } from '../../src/lib/key-codes.ts';
import { FakeClock } from '../fakes/clock.ts';
import { InputDevices, record } from '../fakes/input-devices.ts';

const { KEY_CAMERA, KEY_ENTER, KEY_PROG1 } = KEY_CODES;
const MICROSCOPE = { name: 'USB Microscope', keys: [KEY_CAMERA] };
const PANEL = { name: 'button@11', keys: [KEY_PROG1], phys: 'gpio-keys/input0' };
/** Keyboards and scanners report every key there is. */
const KEYBOARD = { name: 'Some Keyboard', keys: Array.from({ length: 240 }, (_, code) => code + 1) };

let devices: InputDevices;
let clock: FakeClock;
let key: InputKey;
let events: KeyEvent[];

beforeEach(() => {
  devices = new InputDevices();
  clock = new FakeClock();
  events = [];
});

afterEach(async () => {
  await key.stop();
  devices.dispose();
});

function make(options: Partial<InputKeyOptions> = {}): InputKey {
  const { sysRoot, devRoot } = devices;
  const keys = keyCodes('KEY_CAMERA,KEY_PROG1,KEY_ENTER');
  key = new InputKey({ device: '', keys, clock, sysRoot, devRoot, ...options });
  return key;
}

const start = (options?: Partial<InputKeyOptions>) => make(options).start((item) => events.push(item));
const locations = () => events.flatMap((item) => (item.type === 'found' ? [item.location] : []));
const levels = () => events.flatMap((item) => (item.type === 'level' ? [item.pressed] : []));
const send = (event: string, code: number, value: 0 | 1 | 2) => {
  devices.send(event, code, value, clock.monotonic());
};

describe('the device of a key', () => {
  it('is every device that has one of the keys and is not a keyboard', async () => {
    devices
      .plug('event0', KEYBOARD)
      .plug('event2', { name: 'Power Button', keys: [116] })
      .plug('event10', PANEL)
      .plug('event4', MICROSCOPE);
    await start();
    expect(locations()).toEqual(['“USB Microscope” and “button@11”']);
    send('event0', KEY_ENTER, 1);
    send('event4', KEY_CAMERA, 1);
    send('event10', KEY_PROG1, 1);
    await clock.advance(50);
    expect(levels()).toEqual([true, true]);
    expect(key.holdsLine).toBe(true);
  });

  it('is the one of the given name, even if it is a keyboard', async () => {
    devices.plug('event0', KEYBOARD).plug('event4', MICROSCOPE);
    await start({ device: 'Some Keyboard' });
    expect(locations()).toEqual(['“Some Keyboard”']);
    expect(key.holdsLine).toBe(false);
  });

  it('is the one that a path refers to', async () => {
    devices.plug('event3', PANEL).plug('event4', MICROSCOPE);
    await start({ device: devices.link('usb-Microscope-event-if00', 'event4') });
    expect(locations()).toEqual(['“USB Microscope”']);
    await key.stop();
    await start({ device: join(devices.devRoot, 'event3') });
    expect(locations()).toEqual(['“USB Microscope”', '“button@11”']);
  });
});

describe('the events of a device', () => {
  it('are filtered by key: other keys, repeats and other event types are ignored', async () => {
    devices.plug('event4', { ...MICROSCOPE, keys: [KEY_CAMERA, 99] });
    await start();
    send('event4', 99, 1);
    send('event4', KEY_CAMERA, 2);
    devices.write('event4', record(4, 4, KEY_CAMERA, 0));
    await clock.advance(50);
    expect(levels()).toEqual([]);
  });

  it('keep their time difference even if they are read together', async () => {
    devices.plug('event3', PANEL);
    await start();
    await clock.advance(5);
    devices.send('event3', KEY_PROG1, 1, 0);
    devices.send('event3', KEY_PROG1, 0, 75);
    await clock.advance(100);
    const [down, up] = events.filter((item) => item.type === 'level');
    expect(up!.at - down!.at).toBeCloseTo(75, 3);
    expect(up!.at).toBeLessThanOrEqual(clock.monotonic());
  });

  it('never have a larger time difference than they had if they are read one by one', async () => {
    devices.plug('event3', PANEL);
    await start();
    for (const lagMs of [0, 3, 8, 15, 19]) {
      events = [];
      await clock.advance(1000 + lagMs);
      send('event3', KEY_PROG1, 1);
      await clock.advance(50);
      send('event3', KEY_PROG1, 0);
      await clock.advance(50);
      const [down, up] = events.filter((item) => item.type === 'level');
      expect(up!.at - down!.at).toBeLessThanOrEqual(50.001);
    }
  });

  it('may have timestamps of a clock that is set back or forward in between', async () => {
    devices.plug('event3', PANEL);
    await start();
    for (const jumpMs of [3_600_000, -3_600_000]) {
      events = [];
      send('event3', KEY_PROG1, 1);
      await clock.advance(200);
      devices.send('event3', KEY_PROG1, 0, clock.monotonic() + jumpMs);
      await clock.advance(200);
      expect(levels()).toEqual([true, false]);
      for (const item of events) expect(item.at).toBeLessThanOrEqual(clock.monotonic());
    }
  });

  it('are reassembled if they arrive in pieces', async () => {
    devices.plug('event4', MICROSCOPE);
    await start();
    const bytes = record(1, KEY_CAMERA, 1, 0);
    devices.write('event4', bytes.subarray(0, 10));
    await clock.advance(50);
    expect(levels()).toEqual([]);
    devices.write('event4', bytes.subarray(10));
    await clock.advance(50);
    expect(levels()).toEqual([true]);
  });

  it('of two devices act as one key, which is up if both are', async () => {
    devices.plug('event3', PANEL).plug('event4', MICROSCOPE);
    await start();
    for (const [event, code, value] of [
      ['event3', KEY_PROG1, 1],
      ['event4', KEY_CAMERA, 1],
      ['event3', KEY_PROG1, 0],
      ['event4', KEY_CAMERA, 0],
    ] as const) {
      send(event, code, value);
      await clock.advance(20);
    }
    expect(levels()).toEqual([true, true, true, false]);
  });
});

describe('a device that is unplugged', () => {
  it('is reported as gone at once and opened again automatically, even under another number', async () => {
    devices.plug('event4', MICROSCOPE);
    const device = devices.link('usb-Microscope-event-if00', 'event4');
    await start({ device });
    devices.unplug('event4');
    await clock.advance(50);
    expect(events.at(-1)).toMatchObject({
      type: 'gone',
      reason: expect.stringContaining('plug it in') as string,
    });
    devices.plug('event7', MICROSCOPE);
    devices.link('usb-Microscope-event-if00', 'event7');
    await clock.advance(3000);
    expect(events.at(-1)).toMatchObject({ type: 'found', location: '“USB Microscope”' });
    send('event7', KEY_CAMERA, 1);
    await clock.advance(50);
    expect(levels()).toEqual([true]);
  });

  it('leaves the other device in use, and is added to it again', async () => {
    devices.plug('event3', PANEL).plug('event4', MICROSCOPE);
    await start();
    devices.unplug('event4');
    await clock.advance(50);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['gone', 'found']);
    expect(locations().at(-1)).toBe('“button@11”');
    devices.plug('event4', MICROSCOPE);
    await clock.advance(3000);
    expect(locations().at(-1)).toBe('“button@11” and “USB Microscope”');
  });
});

describe('a device that is unavailable', () => {
  it('is reported with the devices that exist', async () => {
    devices.plug('event0', KEYBOARD);
    await expect(start()).rejects.toMatchObject({
      code: 'button/no-device',
      message: expect.stringMatching(/found: “Some Keyboard”.*KIOSK_BUTTON_DEVICE/) as string,
    });
    await expect(start({ device: 'Another' })).rejects.toThrow('no input device Another');
    await expect(start({ device: '/dev/input/by-id/nothing' })).rejects.toThrow('by-id/nothing');
  });

  it('is reported if there are no input devices at all', async () => {
    rmSync(devices.sysRoot, { recursive: true });
    await expect(start()).rejects.toMatchObject({
      code: 'button/no-device',
      message: expect.stringContaining('found: none') as string,
    });
  });

  it('is reported if sysfs lists it but its file is not in the container', async () => {
    devices.plug('event4', MICROSCOPE);
    await expect(start({ devRoot: join(devices.devRoot, 'by-id') })).rejects.toMatchObject({
      code: 'button/failed',
      message: expect.stringMatching(/“USB Microscope”.*container/) as string,
    });
  });
});
