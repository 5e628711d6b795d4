import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyRows } from '../../kiosk-ui/src/components/key-rows.ts';
import { typed } from '../../kiosk-ui/src/components/use-typed.ts';
import { dispatchTyped, receiveTyped } from '../../kiosk-ui/src/input/typed-keys.ts';
import { LANGUAGES } from '../../src/protocol/languages.ts';

describe('what the keys of the screen write', () => {
  it('grows by each key to its longest, and shrinks by whole characters', () => {
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
  it.each(LANGUAGES)(
    'has in %s every letter and digit, each once, and no row too long for a glove',
    (language) => {
      for (const writes of ['code', 'text'] as const) {
        const { digits, upper, home, lower, more } = keyRows(language, writes);
        const all = [...digits, ...upper, ...home, ...lower, ...more];
        expect(new Set(all).size).toBe(all.length);
        expect(all).toEqual(expect.arrayContaining(Array.from('abcdefghijklmnopqrstuvwxyz0123456789-')));
        // Of 800 pixels: Capitals and Erase stand beside the lowest letters, Space and Enter take six places.
        for (const keys of [upper.length, home.length, lower.length + 2, more.length + 6]) {
          expect(keys).toBeLessThanOrEqual(12);
        }
      }
    },
  );

  it('writes the letters of the language in a text, and none of them in a code', () => {
    expect(keyRows('de', 'text').more).toContain('ü');
    expect(keyRows('de', 'code').more).not.toContain('ü');
  });
});

describe('the keys of a real keyboard', () => {
  it('go to the field that came last, and to nobody once all are gone', () => {
    const heard: string[] = [];
    const leaveFirst = receiveTyped((key) => heard.push(`first ${key}`));
    const leaveSecond = receiveTyped((key) => heard.push(`second ${key}`));
    expect(dispatchTyped('a')).toBe(true);
    leaveSecond();
    leaveSecond();
    expect(dispatchTyped('Enter')).toBe(true);
    leaveFirst();
    expect(dispatchTyped('a')).toBe(false);
    expect(heard).toEqual(['second a', 'first Enter']);
  });

  it('are only those that write: the others keep their own meaning', () => {
    const leave = receiveTyped(() => {});
    expect(['Tab', 'Escape', 'ArrowLeft', 'Shift', 'F5'].filter(dispatchTyped)).toEqual([]);
    leave();
  });
});
