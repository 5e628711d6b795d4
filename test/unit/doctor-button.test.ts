import { beforeEach, describe, expect, it } from 'vitest';
import type { Key, KeyEvent } from '../../src/button/port.ts';
import { buttonCheck } from '../../src/cli/doctor-button.ts';
import { loadConfig } from '../../src/config/load.ts';
import { KioskError } from '../../src/lib/errors.ts';
import { FakeClock } from '../fakes/clock.ts';
import { FakeTerminal } from '../fakes/terminal.ts';

/** A key that a test turns. */
class HandKey implements Key {
  readonly driver = 'onoff';
  readonly holdsLine = true;
  stopped = false;
  tell: (news: KeyEvent) => void = () => {};

  start(tell: (news: KeyEvent) => void): Promise<void> {
    this.tell = tell;
    tell({ type: 'found', pressed: false, at: 0, location: 'line 17' });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }
}

let clock: FakeClock;
let key: HandKey;
let lit: boolean[];
let terminal: FakeTerminal;

beforeEach(() => {
  clock = new FakeClock();
  key = new HandKey();
  lit = [];
  terminal = new FakeTerminal();
});

function check(press: boolean, settings: Record<string, string> = { KIOSK_BUTTON: 'onoff' }) {
  const lamp = {
    location: 'line 27',
    start: () => Promise.resolve(),
    light: (on: boolean) => void lit.push(on),
    stop: () => Promise.resolve(),
  };
  return buttonCheck({
    ...{ config: loadConfig(settings), press, clock, terminal },
    makeKey: () => Promise.resolve(key),
    openLamp: () => Promise.resolve(lamp),
  });
}

describe('kiosk doctor at the button', () => {
  it('takes it, lets it go and waits for nobody unless asked', async () => {
    expect(await check(false)).toMatchObject({ state: 'ok', found: 'onoff: line 17' });
    expect({ stopped: key.stopped, lit, complained: terminal.complained }).toEqual({
      stopped: true,
      lit: [],
      complained: '',
    });
  });

  it('waits for a press with the lamp blinking, and says where it came from', async () => {
    const checking = check(true);
    await clock.advance(1_000);
    expect(terminal.complained).toBe('Press the button within 10 seconds.\n');
    expect(lit).toEqual([true, false, true, false]);
    key.tell({ type: 'level', pressed: true, at: clock.monotonic() });
    await clock.advance(100);
    expect(await checking).toMatchObject({ state: 'ok', found: 'pressed: line 17' });
    expect(key.stopped).toBe(true);
  });

  it('fails when nobody presses, with a cure', async () => {
    const checking = check(true);
    await clock.advance(10_000);
    expect(await checking).toMatchObject({
      state: 'failed',
      found: 'onoff: line 17. No button press was detected.',
      cure: expect.stringContaining('wiring') as string,
    });
    expect(key.stopped).toBe(true);
  });

  it('has nothing to press on a kiosk without a button', async () => {
    expect(await check(true, {})).toMatchObject({ state: 'unknown' });
    expect(await check(false, {})).toMatchObject({ state: 'ok' });
  });

  it('passes on why a button is unavailable', async () => {
    const refusal = new KioskError('gpio/no-permission', 'not permitted');
    key.start = () => Promise.reject(refusal);
    await expect(check(false)).rejects.toBe(refusal);
  });
});
