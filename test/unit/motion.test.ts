import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/lib/random.ts';
import { motionOf, REACH, shiftBetween, type Plane } from '../../src/vision/motion.ts';

const SIDE = 75;

type Tone = (x: number, y: number) => number;

/** Structures of about ten pixels without an edge, 0–1, different for each seed, like a blurred lesion. */
function softTexture(seed: number): Tone {
  const random = randomOf(seed);
  const waves = Array.from({ length: 12 }, () => {
    const [angle, length, phase] = [Math.PI * random(), 9 + 20 * random(), 2 * Math.PI * random()];
    return { fx: Math.cos(angle) / length, fy: Math.sin(angle) / length, phase };
  });
  return (x, y) =>
    waves.reduce(
      (sum, { fx, fy, phase }) => sum + 0.02 * Math.sin(2 * Math.PI * (x * fx + y * fy) + phase),
      0.5,
    );
}

/** A dark spot with a soft border on plain skin. */
const spot: Tone = (x, y) => 0.7 - 0.4 / (1 + Math.exp((Math.hypot(x - 37, y - 33) - 15) / 3));
const skin: Tone = () => 0.65;

/** The drawing moved by `dx`, `dy`, with uniform noise of ±`noise`. */
function frame(tone: Tone, dx = 0, dy = 0, noise = 0, seed = 1): Plane {
  const random = randomOf(seed);
  const plane = Float64Array.from(
    { length: SIDE * SIDE },
    (_, i) => tone((i % SIDE) - dx, Math.floor(i / SIDE) - dy) + noise * (2 * random() - 1),
  );
  return { plane, side: SIDE };
}

const shift = (a: Plane, b: Plane): { dx: number; dy: number } => shiftBetween(a.plane, b.plane, SIDE);

describe('the shift between two planes', () => {
  const moves = [
    [0, 0],
    [1, 0],
    [0, -1],
    [3, 0],
    [-3, 3],
    [0, 6],
    [-6, 0],
    [6, -5],
  ] as const;

  it.each(moves)('is found if the image moved by %i, %i pixels, with and without noise', (dx, dy) => {
    for (const tone of [spot, softTexture(4)]) {
      for (const noise of [0, 0.005, ...(Math.hypot(dx, dy) > 1 ? [0.02] : [])]) {
        expect(shift(frame(tone, 0, 0, noise, 1), frame(tone, dx, dy, noise, 2))).toEqual({ dx, dy });
      }
    }
  });

  it('of one pixel can be lost in strong noise, but is never overestimated', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const { dx, dy } = shift(frame(spot, 0, 0, 0.04, seed), frame(spot, 1, 0, 0.04, seed + 100));
      expect(Math.hypot(dx, dy)).toBeLessThanOrEqual(1);
    }
  });

  it('is found for any soft texture and any whole-pixel shift within its range', () => {
    const pixels = fc.integer({ min: -REACH, max: REACH });
    fc.assert(
      fc.property(fc.nat(10_000), pixels, pixels, (seed, dx, dy) => {
        // One pixel may be lost in the noise, which has its own test.
        const tone = softTexture(seed);
        const noise = Math.hypot(dx, dy) > 1.5 ? 0.01 : 0;
        expect(shift(frame(tone, 0, 0, noise, 1), frame(tone, dx, dy, noise, 2))).toEqual({ dx, dy });
      }),
      { numRuns: 60 },
    );
  });

  it('is reversed if the frames are swapped', () => {
    const [a, b] = [frame(spot, 0, 0, 0.01, 1), frame(spot, 4, -2, 0.01, 2)];
    expect([shift(a, b), shift(b, a)]).toEqual([
      { dx: 4, dy: -2 },
      { dx: -4, dy: 2 },
    ]);
  });

  it('is zero on plain skin, at any noise level', () => {
    for (const noise of [0, 0.01, 0.04, 0.2]) {
      for (let seed = 1; seed <= 5; seed += 1) {
        const found = shift(frame(skin, 0, 0, noise, seed), frame(skin, 3, 3, noise, seed + 100));
        expect(found).toEqual({ dx: 0, dy: 0 });
      }
    }
  });

  it('is not affected by a change of brightness', () => {
    const brighter: Tone = (x, y) => spot(x, y) + 0.08;
    expect(shift(frame(spot), frame(brighter))).toEqual({ dx: 0, dy: 0 });
    expect(shift(frame(spot), frame(brighter, 3, 0))).toEqual({ dx: 3, dy: 0 });
  });

  it('is the shortest possible for a repeating pattern', () => {
    // From a table, so that the bars repeat exactly.
    const bars: Tone = (x) => [0.5, 0.6, 0.7, 0.5, 0.3, 0.4][(x + 60) % 6]!;
    expect(shift(frame(bars), frame(bars, 1, 0))).toEqual({ dx: 1, dy: 0 });
    expect(shift(frame(bars), frame(bars, 4, 0))).toEqual({ dx: -2, dy: 0 });
    expect(shift(frame(bars), frame(bars, 6, 0))).toEqual({ dx: 0, dy: 0 });
  });
});

describe('the motion of a burst', () => {
  it('is the longest shift between successive frames, as a fraction of the side', () => {
    expect(motionOf([frame(spot), frame(spot, 3, 4), frame(spot, 4, 4)])).toBeCloseTo(5 / SIDE, 12);
    expect(motionOf([frame(spot), frame(spot), frame(spot, 0, 2)])).toBeCloseTo(2 / SIDE, 12);
  });

  it('is not the shift from the first frame to the last', () => {
    const swaying = [0, 1, 2, 3, 4].map((dx) => frame(spot, dx, 0));
    expect(motionOf(swaying)).toBeCloseTo(1 / SIDE, 12);
  });

  it('is zero if nothing moved or nothing is visible', () => {
    expect(motionOf([frame(spot, 0, 0, 0.02, 1), frame(spot, 0, 0, 0.02, 2)])).toBe(0);
    expect(motionOf([frame(skin, 0, 0, 0.02, 1), frame(skin, 0, 0, 0.02, 2)])).toBe(0);
  });

  it('is unknown without two successive frames that can be compared', () => {
    const side = 4 * REACH - 1;
    const small = { plane: new Float64Array(side * side), side };
    expect(motionOf([])).toBeUndefined();
    expect(motionOf([frame(spot)])).toBeUndefined();
    expect(motionOf([small, small])).toBeUndefined();
    expect(motionOf([frame(spot), small, frame(spot, 5, 0)])).toBeUndefined();
  });
});
