import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abcdFeaturesOf } from '../../src/vision/abcd.ts';
import type { AbcdFeatures } from '../../src/protocol/view.ts';
import type { Image } from '../../src/vision/image.ts';
import { DERMOSCOPIC_COLOURS, type DermoscopicColour } from '../../src/vision/lesion-colours.ts';
import { lesionShapeOf } from '../../src/vision/outline.ts';
import { disc, ellipse, halfMoon, maskOf, positioned, POSITIONS, square } from '../support/masks.ts';

const SIDE = 48;
const PIXELS = 240;
const SKIN = [225, 166, 166] as const;
const ANGLES = [0, 0.2, 0.5, Math.PI / 4, 1, 1.3];

type Colour = readonly [red: number, green: number, blue: number];

/** A square image from a colour for each position; x and y run from 0 to 1. */
function painted(colourAt: (x: number, y: number) => Colour, pixels = PIXELS): Image {
  const data = new Uint8Array(pixels * pixels * 3);
  for (let at = 0; at < pixels * pixels; at += 1)
    data.set(colourAt(((at % pixels) + 0.5) / pixels, (Math.floor(at / pixels) + 0.5) / pixels), at * 3);
  return { width: pixels, height: pixels, data };
}

const skin = painted(() => SKIN);
const featuresIn = (image: Image, mask: Float32Array, mmPerPixel?: number): AbcdFeatures =>
  abcdFeaturesOf(image, lesionShapeOf(mask, SIDE), mmPerPixel);
const shapeOf = (inside: (x: number, y: number) => boolean): AbcdFeatures =>
  featuresIn(skin, maskOf(SIDE, inside));

describe('asymmetry', () => {
  it('is zero for a symmetric shape at any rotation', () => {
    expect(shapeOf(disc(0.3)).asymmetry).toBeLessThan(0.01);
    for (const angle of ANGLES) {
      expect(shapeOf(ellipse(0.4, 0.2, angle)).asymmetry).toBeLessThan(0.015);
      expect(shapeOf(square(0.5, angle)).asymmetry).toBeLessThan(0.03);
    }
  });

  it('of a half disc is the part that does not overlap when it is folded across its axis of symmetry', () => {
    for (const angle of ANGLES) {
      expect(Math.abs(shapeOf(halfMoon(0.4, angle)).asymmetry - halfMoonAsymmetry())).toBeLessThan(0.015);
    }
  });

  it('of an isosceles right triangle is 1/6: one fold leaves a third uncovered, the other nothing', () => {
    const triangle = (x: number, y: number): boolean => x >= 0.2 && y >= 0.2 && x + y <= 1;
    expect(Math.abs(shapeOf(triangle).asymmetry - 1 / 6)).toBeLessThan(0.01);
  });

  /** For a half disc of radius 1 whose centroid lies 4/(3π) from its straight side; the other fold overlaps completely. */
  function halfMoonAsymmetry(): number {
    const centroid = 4 / (3 * Math.PI);
    const chord = (x: number): number => (x < 0 || x > 1 ? 0 : 2 * Math.sqrt(1 - x * x));
    const steps = 20_000;
    let common = 0;
    for (let i = 0; i < steps; i += 1) {
      const x = -1 + (3 * (i + 0.5)) / steps;
      common += (Math.min(chord(x), chord(2 * centroid - x)) * 3) / steps;
    }
    return (1 - common / (Math.PI / 2)) / 2;
  }
});

describe('border irregularity', () => {
  it('is 1 for a circle of any size, with soft or binary samples', () => {
    for (const radius of [0.15, 0.3, 0.45]) {
      const mask = maskOf(SIDE, disc(radius));
      expect(featuresIn(skin, mask).borderIrregularity).toBeCloseTo(1, 1);
      const hard = mask.map((value) => (value >= 0.5 ? 1 : 0));
      expect(Math.abs(featuresIn(skin, hard).borderIrregularity - 1)).toBeLessThan(0.05);
    }
  });

  it('is 4/π for a square and 1.19 for a 2 : 1 ellipse, at any rotation', () => {
    for (const angle of ANGLES) {
      // Smoothing rounds the corners off.
      expect(Math.abs(shapeOf(square(0.6, angle)).borderIrregularity - 4 / Math.PI)).toBeLessThan(0.08);
      expect(Math.abs(shapeOf(ellipse(0.4, 0.2, angle)).borderIrregularity - 1.189)).toBeLessThan(0.03);
    }
  });

  it('is larger for a star than for a circle', () => {
    const star = (x: number, y: number): boolean =>
      Math.hypot(x - 0.5, y - 0.5) <= 0.3 * (1 + 0.25 * Math.cos(7 * Math.atan2(y - 0.5, x - 0.5)));
    expect(shapeOf(star).borderIrregularity).toBeGreaterThan(1.5);
  });
});

describe('area fraction and diameter', () => {
  it('are those of the largest component', () => {
    const [small, large] = [disc(0.05, 0.1, 0.1), disc(0.25, 0.6, 0.6)];
    const features = featuresIn(
      skin,
      maskOf(SIDE, (x, y) => small(x, y) || large(x, y)),
      0.05,
    );
    expect(features.share).toBeCloseTo(Math.PI * 0.25 ** 2, 2);
    expect(Math.abs(features.diameterMm! - 0.5 * PIXELS * 0.05)).toBeLessThan(0.1);
  });

  it('report the longest diameter, or none if the optics are not calibrated', () => {
    const mask = maskOf(SIDE, ellipse(0.4, 0.1, 0.6));
    expect(Math.abs(featuresIn(skin, mask, 0.02).diameterMm! - 0.8 * PIXELS * 0.02)).toBeLessThan(0.06);
    expect(featuresIn(skin, mask)).not.toHaveProperty('diameterMm');
  });

  it('are zero, like all other features, if there is no lesion', () => {
    expect(featuresIn(skin, new Float32Array(SIDE ** 2), 0.05)).toEqual({
      asymmetry: 0,
      borderIrregularity: 0,
      colours: 0,
      share: 0,
    });
  });

  it('of a lesion that fills the image are those of the square', () => {
    const features = featuresIn(skin, new Float32Array(SIDE ** 2).fill(1), 0.1);
    expect(features.share).toBeCloseTo(1, 9);
    expect(features.asymmetry).toBeCloseTo(0, 6);
    expect(features.diameterMm).toBeCloseTo(Math.SQRT2 * PIXELS * 0.1, 6);
  });
});

describe('the colours of a lesion', () => {
  const lesion = disc(0.35);
  const mask = maskOf(SIDE, lesion);
  /** The lesion cut into equal sectors, one colour each, on skin. */
  const sectors = (colours: readonly Colour[], ground: Colour = SKIN): Image =>
    painted((x, y) => {
      const turn = (Math.atan2(y - 0.5, x - 0.5) / (2 * Math.PI) + 1) % 1;
      return lesion(x, y) ? colours[Math.floor(turn * colours.length)]! : ground;
    });
  const all = Object.entries(DERMOSCOPIC_COLOURS) as [DermoscopicColour, Colour][];

  it.each(all)('are one for %s alone', (_, colour) => {
    expect(featuresIn(sectors([colour]), mask).colours).toBe(1);
  });

  it.each([1, 2, 3, 4, 5, 6])('are %i for as many', (count) => {
    const colours = all.slice(0, count).map(([, colour]) => colour);
    expect(featuresIn(sectors(colours), mask).colours).toBe(count);
  });

  it('are none if the lesion looks like the surrounding skin', () => {
    expect(featuresIn(skin, mask).colours).toBe(0);
    expect(
      featuresIn(
        painted(() => [120, 84, 70]),
        mask,
      ).colours,
    ).toBe(0);
  });

  it('leave out a colour that covers less than a twentieth', () => {
    const { darkBrown, black } = DERMOSCOPIC_COLOURS;
    const dotted = (radius: number): Image =>
      painted((x, y) => (disc(radius)(x, y) ? black : lesion(x, y) ? darkBrown : SKIN));
    expect(featuresIn(dotted(0.35 * Math.sqrt(0.035)), mask).colours).toBe(1);
    expect(featuresIn(dotted(0.35 * Math.sqrt(0.075)), mask).colours).toBe(2);
  });

  it('are the same under a dimmer, yellower light and with the dark corners of a dermatoscope', () => {
    const colours = all.map(([, colour]) => colour);
    const upright = sectors(colours);
    const lit = (gain: Colour): Image => ({
      ...upright,
      data: upright.data.map((value, i) =>
        Math.round(255 * ((value / 255) ** 2.2 * gain[i % 3]!) ** (1 / 2.2)),
      ),
    });
    expect(featuresIn(lit([0.8, 0.7, 0.5]), mask).colours).toBe(6);
    const dark = painted((x, y) => {
      const at = (Math.floor(y * PIXELS) * PIXELS + Math.floor(x * PIXELS)) * 3;
      return disc(0.5)(x, y) ? ([...upright.data.subarray(at, at + 3)] as unknown as Colour) : [3, 2, 2];
    });
    expect(featuresIn(dark, mask).colours).toBe(6);
  });

  it('do not depend on the image size', () => {
    const colours = all.slice(0, 4).map(([, colour]) => colour);
    const large = painted((x, y) => {
      const turn = (Math.atan2(y - 0.5, x - 0.5) / (2 * Math.PI) + 1) % 1;
      return lesion(x, y) ? colours[Math.floor(turn * 4)]! : SKIN;
    }, 720);
    expect(featuresIn(large, mask).colours).toBe(4);
    expect(featuresIn(sectors(colours), mask).colours).toBe(4);
  });
});

describe('all features', () => {
  it('are invariant when the mask is rotated or mirrored', () => {
    const bump = fc.record({
      strength: fc.double({ min: -0.12, max: 0.12, noNaN: true }),
      phase: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(bump, { minLength: 4, maxLength: 4 }),
        fc.double({ min: 0.15, max: 0.3, noNaN: true }),
        fc.constantFrom(...POSITIONS),
        (bumps, radius, position) => {
          const blob = (x: number, y: number): boolean => {
            const angle = Math.atan2(y - 0.5, x - 0.5);
            const reach = bumps.reduce(
              (sum, { strength, phase }, i) => sum + strength * Math.cos((i + 1) * angle + phase),
              1,
            );
            return Math.hypot(x - 0.5, y - 0.5) <= radius * reach;
          };
          const mask = maskOf(SIDE, blob);
          const upright = featuresIn(skin, mask);
          const turned = featuresIn(skin, positioned(mask, SIDE, position));
          expect(turned.share).toBeCloseTo(upright.share, 6);
          expect(Math.abs(turned.asymmetry - upright.asymmetry)).toBeLessThan(0.005);
          expect(turned.borderIrregularity).toBeCloseTo(upright.borderIrregularity, 6);
          expect(upright.asymmetry).toBeGreaterThanOrEqual(0);
          expect(upright.asymmetry).toBeLessThan(1);
          expect(upright.borderIrregularity).toBeGreaterThan(0.98);
        },
      ),
      { numRuns: 25 },
    );
  });
});
