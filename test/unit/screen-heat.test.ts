import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enlarged, heatColour } from '../../kiosk-ui/src/format/heat.ts';
import { subpagesOf } from '../../kiosk-ui/src/format/subpages.ts';
import { sizeFacts } from '../../kiosk-ui/src/format/session-text.ts';

/** A 5 × 5 heat map with a single warm cell. */
function spot(at: number) {
  return { side: 5, values: Array.from({ length: 25 }, (_, i) => (i === at ? 255 : 0)) };
}

describe('an enlarged heat map', () => {
  it('is warmest in the middle of the warm cell', () => {
    const side = 50;
    for (const at of [0, 4, 7, 12, 24]) {
      const values = enlarged(spot(at), side);
      const warmest = values.indexOf(1);
      const cell = Math.floor(((warmest % side) * 5) / side) + 5 * Math.floor((warmest / side / side) * 5);
      expect(cell).toBe(at);
    }
  });

  it('is smooth: adjacent values differ little', () => {
    const values = enlarged(spot(12), 50);
    const steps = [...values].map((value, i) => (i % 50 === 0 ? 0 : Math.abs(value - values[i - 1]!)));
    expect(Math.max(...steps)).toBeLessThan(0.1);
  });

  it('has no steps where cells were repeated to make the map finer', () => {
    const { values: coarse } = spot(12);
    const values = Array.from(
      { length: 40 * 40 },
      (_, i) => coarse[Math.floor(i / 320) * 5 + Math.floor((i % 40) / 8)]!,
    );
    const large = enlarged({ side: 40, values }, 100);
    const steps = [...large].map((value, i) => (i % 100 === 0 ? 0 : Math.abs(value - large[i - 1]!)));
    expect(Math.max(...steps)).toBeLessThan(0.1);
    const warmest = large.indexOf(Math.max(...large));
    expect([Math.floor((warmest % 100) / 20), Math.floor(warmest / 2000)]).toEqual([2, 2]);
  });

  it('ranges from 0 to 1 and contains 1, for any values', () => {
    const values = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(values, (nine) => {
        const large = enlarged({ side: 3, values: nine }, 20);
        expect(Math.min(...large)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...large)).toBe(nine.some((value) => value > 0) ? 1 : 0);
      }),
    );
  });

  it('is transparent where it is cold, and never opaque', () => {
    expect(heatColour(0)[3]).toBe(0);
    expect(heatColour(1)[3]).toBeLessThan(200);
  });

  it('gets lighter with the heat, for colour-blind users', () => {
    const lightness = [0, 0.25, 0.5, 0.75, 1].map((value) => {
      const [red, green, blue] = heatColour(value);
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    });
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
  });
});

describe('sentences on subpages', () => {
  it('keep their order, and are not split across subpages', () => {
    const sentence = fc.string({ minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(fc.array(sentence), (sentences) => {
        const subpages = subpagesOf(sentences, 12, 30);
        expect(subpages.flat()).toEqual(sentences);
        for (const subpage of subpages) {
          const lines = subpage.reduce((sum, text) => sum + Math.ceil(text.length / 30), 0);
          expect(subpage.length === 1 || lines <= 12).toBe(true);
        }
      }),
    );
  });
});

describe('the ABCD features as text', () => {
  const hints = { asymmetry: 0.214, borderIrregularity: 1.379, colours: 3, share: 0.13 };

  it('are the size alone, if it was measured: the others mislead as bare numbers', () => {
    expect(sizeFacts(hints)).toEqual([]);
    expect(sizeFacts({ ...hints, diameterMm: 6.48 })).toEqual([['Size', '6.5 mm']]);
  });
});
