import { describe, expect, it } from 'vitest';
import { isFitPin, OPERATOR_PIN_LENGTH, PIN_LENGTH } from '../../src/protocol/pin.ts';

const isFit = (pin: string): boolean => isFitPin(pin, OPERATOR_PIN_LENGTH);

describe('a PIN', () => {
  it.each(['7406', '4790', '274916', '000749', '739104826173'])('may be %s', (pin) => {
    expect(isFit(pin)).toBe(true);
  });

  it.each([
    ['too short', ['', '7', '740']],
    ['too long', ['7391048261735']],
    ['not digits', ['74o6', '７４０６', ' 7406', '7406\n']],
    ['all the same', ['0000', '7777', '111111']],
    ['in sequence', ['1234', '4321', '7890', '8901', '123456', '987654', '2468', '13579']],
    ['repeated', ['1212', '121212', '123123', '4814814', '7077', '1221', '123321', '48184818']],
    ['two digits', ['1112', '474477']],
    ['a line on the keypad', ['2580', '0852', '159753']],
    ['a year', ['1985', '2026']],
    ['a day', ['2412', '1224', '0101', '2902']],
    ['a birthday', ['240785', '072485', '850724', '24071985', '07241985', '19850724']],
  ])('may not be %s', (_, pins) => {
    expect(pins.filter(isFit)).toEqual([]);
  });

  it('for the settings has at least six digits', () => {
    expect(isFitPin('7406', PIN_LENGTH)).toBe(false);
    expect(isFitPin('740658', PIN_LENGTH)).toBe(true);
  });

  it('rules leave most PINs to choose from', () => {
    const fit = (digits: number): number => {
      const all = Array.from({ length: 10 ** digits }, (_, i) => String(i).padStart(digits, '0'));
      return all.filter(isFit).length / all.length;
    };
    expect(fit(4)).toBeGreaterThan(0.8);
    expect(fit(6)).toBeGreaterThan(0.8);
  });
});
