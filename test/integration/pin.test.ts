import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/lib/errors.ts';
import { resetPin } from '../../src/settings/pin-file.ts';
import { delayAfter, Pin } from '../../src/settings/pin.ts';
import { FakeClock } from '../fakes/clock.ts';

const PIN = '274916';

let dataDir: string;
let clock: FakeClock;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kiosk-pin-'));
  clock = new FakeClock();
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const pin = (): Pin => new Pin({ dataDir, clock });

/** The number of consecutive wrong attempts, or the code of the error. */
const tried = (one: Pin, digits: string): Promise<number | string> =>
  one.try(digits).catch((error: unknown) => codeOf(error));

describe('a PIN', () => {
  it('is stored as a hash that only the owner can read, with a new salt each time', async () => {
    await pin().set(PIN);
    const file = join(dataDir, 'pin.json');
    const first = readFileSync(file, 'utf8');
    expect(first).not.toContain(PIN);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await pin().set(PIN);
    expect(readFileSync(file, 'utf8')).not.toBe(first);
    expect(await tried(pin(), PIN)).toBe(0);
  });

  it('that is too simple leaves the previous one in place', async () => {
    await pin().set(PIN);
    await expect(pin().set('111111')).rejects.toMatchObject({ code: 'pin/weak' });
    expect(await tried(pin(), PIN)).toBe(0);
  });

  it('does not count as unset if its file is damaged', async () => {
    writeFileSync(join(dataDir, 'pin.json'), '{');
    await expect(pin().status()).rejects.toThrow(/kiosk pin reset/);
  });

  it('can be reset from the shell while the kiosk runs', async () => {
    const one = pin();
    await one.set(PIN);
    resetPin(dataDir);
    expect(await one.status()).toEqual({ isSet: false, wasReset: true, waitMs: 0 });
    expect(await tried(one, PIN)).toBe('settings/locked');
  });
});

describe('the delay after wrong PINs', () => {
  it('starts with the third, doubles, and is at most an hour', () => {
    const seconds = [0, 1, 2, 3, 4, 5, 9, 10, 1_000].map((failures) => delayAfter(failures) / 1000);
    expect(seconds).toEqual([0, 0, 0, 30, 60, 120, 1920, 3600, 3600]);
  });

  it('applies even to the right one, is not shortened by a restart, and is reset by a right one', async () => {
    const one = pin();
    await one.set(PIN);
    expect([await tried(one, '1'), await tried(one, '2'), await tried(one, '3')]).toEqual([1, 2, 3]);
    expect(await tried(one, PIN)).toBe('pin/wait');
    await clock.advance(20_000);
    const restarted = pin();
    expect(await restarted.status()).toMatchObject({ isSet: true, waitMs: 30_000 });
    await clock.advance(29_999);
    expect(await tried(restarted, PIN)).toBe('pin/wait');
    await clock.advance(1);
    expect(await tried(restarted, PIN)).toBe(0);
    expect(await tried(restarted, '4')).toBe(1);
  });

  it('counts an attempt before comparing it, and handles one at a time', async () => {
    // Read synchronously: all steps up to the hash, which occupies a thread for a tenth of a second, run in the same turn.
    const read = (file: string) => Promise.resolve(readFileSync(file, 'utf8'));
    const one = new Pin({ dataDir, clock, read });
    await one.set(PIN);
    const under = tried(one, PIN);
    await new Promise(setImmediate);
    expect(JSON.parse(readFileSync(join(dataDir, 'pin.json'), 'utf8'))).toMatchObject({ failures: 1 });
    expect(await tried(one, PIN)).toBe('pin/wait');
    expect(await under).toBe(0);
  });
});
