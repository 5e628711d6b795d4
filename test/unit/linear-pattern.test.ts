import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, isPattern, parsePattern } from '../../src/lib/linear-pattern.ts';

const what = fc.constantFrom('A', 'b', '7', '-', '[A-C]', '[0-9]', '[AB_-]', '[a-c0-3/]', '[A.B]');
const often = fc.constantFrom('', '?', '*', '+', '{2}', '{0,2}', '{1,3}', '{3}');
const pattern = fc
  .array(fc.tuple(what, often), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map(([item, count]) => item + count).join(''));
const text = fc
  .array(fc.constantFrom(...Array.from('ABCab0137-_/.')), { maxLength: 9 })
  .map((chars) => chars.join(''));

describe('a pattern without backtracking', () => {
  it('matches the same texts as the equivalent regular expression', () => {
    fc.assert(
      fc.property(pattern, text, (source, candidate) => {
        expect(fits(parsePattern(source), candidate)).toBe(new RegExp(`^(?:${source})$`).test(candidate));
      }),
      { numRuns: 500 },
    );
  });

  it('takes linear time for a text on which a regular expression would backtrack', () => {
    const parts = parsePattern('A*A*A*A*A*A*A*A*A*A*A*A*B');
    // With backtracking this would take about 10^12 steps.
    expect(fits(parts, 'A'.repeat(80))).toBe(false);
    expect(fits(parts, `${'A'.repeat(79)}B`)).toBe(true);
  });

  it.each(['(A+)+', 'A|B', '\\d+', '[^A]', 'A{,3}', '[]', '[B-A]', 'A{3,1}', '.', '', '^A$', 'A++'])(
    'rejects %j, which is unsupported or cannot match',
    (source) => {
      expect(isPattern(source)).toBe(false);
    },
  );
});
