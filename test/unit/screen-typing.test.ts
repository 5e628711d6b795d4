import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyRows } from '../../kiosk-ui/src/components/key-rows.ts';
import { typed } from '../../kiosk-ui/src/components/use-typed.ts';
import { dispatchTyped, receiveTyped } from '../../kiosk-ui/src/input/typed-keys.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';

describe('text typed on the screen', () => {
  it('grows by each key up to its maximum length, and shrinks by whole characters', () => {
    const keys = fc.array(fc.oneof(fc.constant('Backspace'), fc.constantFrom('a', 'ü', '1', ' ', '😀')));
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 8 }), (pressed, max) => {
        const expected: string[] = [];
        for (const key of pressed) {
          if (key === 'Backspace') expected.pop();
          else if (expected.length < max) expected.push(key);
        }
        expect(pressed.reduce((text, key) => typed(text, key, max), '')).toBe(expected.join(''));
      }),
    );
  });
});

describe('the on-screen keyboard', () => {
  it.each(LANGUAGES)('has in %s every letter and digit once, and no row too long for gloves', (language) => {
    for (const writes of ['code', 'text'] as const) {
      const { digits, upper, home, lower, more } = keyRows(language, writes);
      const all = [...digits, ...upper, ...home, ...lower, ...more];
      expect(new Set(all).size).toBe(all.length);
      expect(all).toEqual(expect.arrayContaining(Array.from('abcdefghijklmnopqrstuvwxyz0123456789-')));
      // On 800 pixels ten keys of 12 mm fit; Capitals and Erase are beside the lowest letters, Space and Enter take the
      // place of three.
      for (const keys of [upper.length, home.length, lower.length + 2, more.length + 3]) {
        expect(keys).toBeLessThanOrEqual(10);
      }
    }
  });

  it('has the letters of the language for a text, but not for a code', () => {
    expect(keyRows('de', 'text').more).toContain('ü');
    expect(keyRows('de', 'code').more).not.toContain('ü');
  });
});

describe('keys of a physical keyboard', () => {
  it('go to the most recent field, and nowhere once all are closed', () => {
    const received: string[] = [];
    const leaveFirst = receiveTyped((key) => received.push(`first ${key}`));
    const leaveSecond = receiveTyped((key) => received.push(`second ${key}`));
    expect(dispatchTyped('a')).toBe(true);
    leaveSecond();
    leaveSecond();
    expect(dispatchTyped('Enter')).toBe(true);
    leaveFirst();
    expect(dispatchTyped('a')).toBe(false);
    expect(received).toEqual(['second a', 'first Enter']);
  });

  it('are handled only if they type; others keep their function', () => {
    const leave = receiveTyped(() => {});
    expect(['Tab', 'Escape', 'ArrowLeft', 'Shift', 'F5'].filter(dispatchTyped)).toEqual([]);
    leave();
  });
});
