import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf } from '../../src/button/input-devices.ts';
import { inputKeyEvents } from '../../src/button/input-event.ts';
import { KEY_CODES, keyCodes, KEYS_PATTERN } from '../../src/lib/key-codes.ts';
import { bitmapOf, record } from '../fakes/input-devices.ts';

describe('the keys of a device', () => {
  it.each([
    ['0', []],
    ['10000000', [28]],
    ['1000000000000000 0', [124]],
    // A power button, and the camera key of a USB camera, as printed by Linux.
    ['10000000000000 0', [116]],
    ['100000 0 0 0', [212]],
  ])('are the bits of %s', (bitmap, keys) => {
    expect([...keysOf(bitmap)]).toEqual(keys);
  });

  it('are parsed as the kernel writes them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 767 })), (keys) => {
        expect(keysOf(bitmapOf(keys))).toEqual(new Set(keys));
      }),
    );
  });

  it('are none for an empty bitmap', () => {
    expect(keysOf('')).toEqual(new Set());
  });
});

describe('a record of an input device', () => {
  it('contains the key, whether it is down, and the time', () => {
    const bytes = Buffer.concat([record(1, 212, 1, 0), record(0, 0, 0, 0), record(1, 212, 0, 12.5)]);
    const events = inputKeyEvents(bytes);
    expect(events.map(({ code, down }) => [code, down])).toEqual([
      [212, true],
      [212, false],
    ]);
    expect(events[1]!.stampMs - events[0]!.stampMs).toBeCloseTo(12.5, 3);
  });

  it('is parsed safely for arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        for (const { code, stampMs } of inputKeyEvents(Buffer.from(bytes))) {
          expect(code).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(stampMs)).toBe(true);
        }
      }),
    );
  });
});

describe('a list of keys', () => {
  it('contains names and numbers', () => {
    expect(keyCodes('KEY_CAMERA, 148,KEY_ENTER')).toEqual(new Set([212, 148, 28]));
  });

  it.each(['KEY_CAMERA', 'KEY_CAMERA , 148', '767'])('can be “%s”', (list) => {
    expect(list).toMatch(new RegExp(KEYS_PATTERN));
  });

  it.each(['', 'KEY_CAMRA', '0', '1234', 'KEY_CAMERA;148', 'toString'])('cannot be “%s”', (list) => {
    expect(list).not.toMatch(new RegExp(KEYS_PATTERN));
  });

  it('has no duplicate code in its table', () => {
    const codes = Object.values(KEY_CODES);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
