import { beforeEach, describe, expect, it } from 'vitest';
import type { Key, KeyEvent } from '../../src/button/port.ts';
import { buttonCheck } from '../../src/cli/doctor-button.ts';
import { loadConfig } from '../../src/config/load.ts';
import { KioskError } from '../../src/lib/errors.ts';
import { FakeClock } from '../fakes/clock.ts';
import { FakeTerminal } from '../fakes/terminal.ts';

/** A key that a test operates. */
class ManualKey implements Key {
  readonly driver = 'onoff';
  readonly holdsLine = true;
  stopped = false;
  emit: (event: KeyEvent) => void = () => {};

  start(emit: (event: KeyEvent) => void): Promise<void> {
    this.emit = emit;
    emit({ type: 'found', pressed: false, at: 0, location: 'line 17' });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.stopped = true;
    return Promise.resolve();
  }
}

let clock: FakeClock;
let key: ManualKey;
let lit: boolean[];
let terminal: FakeTerminal;

beforeEach(() => {
  clock = new FakeClock();
  key = new ManualKey();
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

describe('the button check of kiosk doctor', () => {
  it('opens and releases the button, and waits for a press only if asked to', async () => {
    expect(await check(false)).toMatchObject({ state: 'ok', found: 'onoff: line 17' });
    expect({ stopped: key.stopped, lit, complained: terminal.complained }).toEqual({
      stopped: true,
      lit: [],
      complained: '',
    });
  });

  it('waits for a press with the lamp blinking, and reports its location', async () => {
    const checking = check(true);
    await clock.advance(1_000);
    expect(terminal.complained).toBe('Press the button within 10 seconds.\n');
    expect(lit).toEqual([true, false, true, false]);
    key.emit({ type: 'level', pressed: true, at: clock.monotonic() });
    await clock.advance(100);
    expect(await checking).toMatchObject({ state: 'ok', found: 'pressed: line 17' });
    expect(key.stopped).toBe(true);
  });

  it('fails with a cure if there is no press', async () => {
    const checking = check(true);
    await clock.advance(10_000);
    expect(await checking).toMatchObject({
      state: 'failed',
      found: 'onoff: line 17. No button press was detected.',
      cure: expect.stringContaining('wiring') as string,
    });
    expect(key.stopped).toBe(true);
  });

  it('does not wait for a press on a kiosk without a button', async () => {
    expect(await check(true, {})).toMatchObject({ state: 'unknown' });
    expect(await check(false, {})).toMatchObject({ state: 'ok' });
  });

  it('passes on the error of an unavailable button', async () => {
    const failure = new KioskError('gpio/no-permission', 'not permitted');
    key.start = () => Promise.reject(failure);
    await expect(check(false)).rejects.toBe(failure);
  });
});
