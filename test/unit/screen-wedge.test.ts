import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAP_MS, LONGEST, QUIET, SHORTEST, wedgeStep } from '../../kiosk-ui/src/input/wedge.ts';

type Stroke = readonly [key: string, pauseMs: number];

function scannedBy(strokes: readonly Stroke[]): string[] {
  let [wedge, at] = [QUIET, 1_000];
  const scanned: string[] = [];
  for (const [key, pause] of strokes) {
    at += pause;
    const step = wedgeStep(wedge, key, at);
    wedge = step.wedge;
    if (step.scanned !== undefined) scanned.push(step.scanned);
  }
  return scanned;
}

const code = fc
  .array(fc.constantFrom(...Array.from('ABCxyz0189-/')), { minLength: SHORTEST, maxLength: LONGEST })
  .map((keys) => keys.join(''));
const quick = fc.integer({ min: 0, max: GAP_MS });
const slow = fc.integer({ min: GAP_MS + 1, max: 2_000 });

/** Keys as a scanner sends them, with Shift before a capital. */
function strokesOf(text: string, pauses: readonly number[]): Stroke[] {
  return Array.from(`${text}\n`, (char, i): Stroke[] => {
    const key = char === '\n' ? 'Enter' : char;
    const pause = i === 0 ? 5_000 : (pauses[i % pauses.length] ?? 0);
    return /[A-Z]/.test(char)
      ? [
          ['Shift', 0],
          [key, pause],
        ]
      : [[key, pause]];
  }).flat();
}

describe('a barcode scanner as a keyboard', () => {
  it('is read completely at any speed, whatever was typed before', () => {
    const before = fc.array(fc.tuple(fc.constantFrom('a', ' ', 'Tab', 'Enter'), slow), { maxLength: 5 });
    fc.assert(
      fc.property(before, code, fc.array(quick, { minLength: 1 }), (typed, text, pauses) => {
        expect(scannedBy([...typed, ...strokesOf(text, pauses)])).toEqual([text]);
      }),
    );
  });

  it('is not confused with a person, who pauses between keys', () => {
    const person = fc.array(fc.tuple(fc.constantFrom('a', 'B', '7', ' ', 'Enter'), slow), { maxLength: 40 });
    fc.assert(
      fc.property(person, (strokes) => {
        expect(scannedBy(strokes)).toEqual([]);
      }),
    );
  });

  it('is ignored if Enter is late, or the code is too short or too long', () => {
    const late = strokesOf('ABC-123', [5]).map(([key, pause]): Stroke => [
      key,
      key === 'Enter' ? 400 : pause,
    ]);
    expect(scannedBy(late)).toEqual([]);
    expect(scannedBy(strokesOf('AB', [5]))).toEqual([]);
    expect(scannedBy(strokesOf('7'.repeat(LONGEST + 1), [5]))).toEqual([]);
    expect(scannedBy(strokesOf('7'.repeat(3 * LONGEST), [5]))).toEqual([]);
  });

  it('is recognised by speed, so that a space within a code is not a press', () => {
    const first = wedgeStep(QUIET, 'A', 1_000);
    expect(first.fast).toBe(false);
    expect(wedgeStep(first.wedge, ' ', 1_010).fast).toBe(true);
    expect(wedgeStep(first.wedge, ' ', 1_500).fast).toBe(false);
  });
});
