import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enlarged, heatColour } from '../../kiosk-ui/src/format/heat.ts';
import { subpagesOf } from '../../kiosk-ui/src/format/subpages.ts';
import { hintFacts } from '../../kiosk-ui/src/format/session-text.ts';

/** A heat map of 5 × 5 whose one place is warm. */
function spot(at: number) {
  return { side: 5, values: Array.from({ length: 25 }, (_, i) => (i === at ? 255 : 0)) };
}

describe('a heat map enlarged', () => {
  it('is warmest in the middle of the warm place', () => {
    const side = 50;
    for (const at of [0, 4, 7, 12, 24]) {
      const values = enlarged(spot(at), side);
      const warmest = values.indexOf(1);
      const place = Math.floor(((warmest % side) * 5) / side) + 5 * Math.floor((warmest / side / side) * 5);
      expect(place).toBe(at);
    }
  });

  it('is smooth: from point to point it changes by little', () => {
    const values = enlarged(spot(12), 50);
    const steps = [...values].map((value, i) => (i % 50 === 0 ? 0 : Math.abs(value - values[i - 1]!)));
    expect(Math.max(...steps)).toBeLessThan(0.1);
  });

  it('has no steps where the network’s places were repeated to make the map finer', () => {
    const { values: few } = spot(12);
    const values = Array.from(
      { length: 40 * 40 },
      (_, i) => few[Math.floor(i / 320) * 5 + Math.floor((i % 40) / 8)]!,
    );
    const large = enlarged({ side: 40, values }, 100);
    const steps = [...large].map((value, i) => (i % 100 === 0 ? 0 : Math.abs(value - large[i - 1]!)));
    expect(Math.max(...steps)).toBeLessThan(0.1);
    const warmest = large.indexOf(Math.max(...large));
    expect([Math.floor((warmest % 100) / 20), Math.floor(warmest / 2000)]).toEqual([2, 2]);
  });

  it('is from 0 to 1, and 1 somewhere, whatever the values', () => {
    const values = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(values, (nine) => {
        const large = enlarged({ side: 3, values: nine }, 20);
        expect(Math.min(...large)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...large)).toBe(nine.some((value) => value > 0) ? 1 : 0);
      }),
    );
  });

  it('leaves the skin as it is where it is cold, and never hides it', () => {
    expect(heatColour(0)[3]).toBe(0);
    expect(heatColour(1)[3]).toBeLessThan(200);
  });

  it('gets lighter with the heat, for eyes that see no colour', () => {
    const lightness = [0, 0.25, 0.5, 0.75, 1].map((value) => {
      const [red, green, blue] = heatColour(value);
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    });
    expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
  });
});

describe('sentences on leaves', () => {
  it('keep their order, each whole on one leaf', () => {
    const sentence = fc.string({ minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(fc.array(sentence), (sentences) => {
        const leaves = subpagesOf(sentences, 12, 30);
        expect(leaves.flat()).toEqual(sentences);
        for (const leaf of leaves) {
          const lines = leaf.reduce((sum, text) => sum + Math.ceil(text.length / 30), 0);
          expect(leaf.length === 1 || lines <= 12).toBe(true);
        }
      }),
    );
  });
});

describe('the hints in words', () => {
  const hints = { asymmetry: 0.214, borderIrregularity: 1.379, colours: 3, share: 0.13 };

  it('are three, and a size only when it was measured', () => {
    expect(hintFacts(hints)).toEqual([
      ['Asymmetry', '0.21'],
      ['Border', '1.38'],
      ['Colours', '3 of 6'],
    ]);
    expect(hintFacts({ ...hints, diameterMm: 6.48 }).at(-1)).toEqual(['Size', '6.5 mm']);
  });
});
