import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src/reports/sessions/csv.ts';

function readBack(text: string): string[][] {
  return parse(text, { record_delimiter: '\r\n', relax_column_count: false });
}

describe('a line of CSV', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'",\r\n=+-@\t a'.split('')) }));

  it('is parsed back to what was written, except for the guard before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(texts, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const back = readBack(rows.map(csvLine).join(''));
        const guarded = rows.map((row) => row.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
        expect(back).toEqual(guarded);
      }),
    );
  });

  it('never starts a text as a formula', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(readBack(csvLine([text, 'end']))[0]![0]).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('preserves every bit of a number, including negative ones', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const [[cell] = []] = readBack(csvLine([number, 'end']));
        expect(Number(cell)).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('follows RFC 4180', () => {
    expect(csvLine([null, 'a"b', 'c,d', '=1+1', -0.5, 1e-7])).toBe(`,"a""b","c,d",'=1+1,-0.5,1e-7\r\n`);
  });
});
