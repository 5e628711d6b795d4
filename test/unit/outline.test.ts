import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lesionShapeOf, outlineOf, type Outline } from '../../src/vision/outline.ts';
import { areaOf } from '../../src/vision/polygon.ts';
import { disc, ellipse, maskOf, positioned, POSITIONS, sampled } from '../support/masks.ts';

const SIDE = 48;

const traced = (mask: Float32Array, side: number, level?: number): Outline | undefined =>
  outlineOf(lesionShapeOf(mask, side, level));

describe('the outline of a mask', () => {
  it('of a disc lies on its circle within a sixth of a sample, with few corners', () => {
    const { points, share } = traced(maskOf(SIDE, disc(0.3, 0.45, 0.52)), SIDE)!;
    for (const [x, y] of points)
      expect(Math.abs(Math.hypot(x - 0.45, y - 0.52) - 0.3)).toBeLessThan(1 / 6 / SIDE);
    expect(share).toBeCloseTo(Math.PI * 0.3 ** 2, 2);
    expect(points.length).toBeLessThanOrEqual(120);
    expect(areaOf(points)).toBeCloseTo(share, 3);
  });

  it('is interpolated between samples where the probability crosses the level', () => {
    const ramp = sampled(10, (x) => 1 - x);
    expect(traced(ramp, 10)!.share).toBeCloseTo(0.5, 6);
    expect(traced(ramp, 10, 0.3)!.share).toBeCloseTo(0.7, 6);
    const xs = traced(ramp, 10, 0.3)!.points.map(([x]) => x);
    expect(Math.max(...xs)).toBeCloseTo(0.7, 6);
  });

  it('is that of the largest of several components', () => {
    const [small, large] = [disc(0.1, 0.2, 0.2), disc(0.2, 0.65, 0.6)];
    const { points, share } = traced(
      maskOf(SIDE, (x, y) => small(x, y) || large(x, y)),
      SIDE,
    )!;
    expect(share).toBeCloseTo(Math.PI * 0.2 ** 2, 2);
    expect(Math.min(...points.map(([x]) => x))).toBeGreaterThan(0.4);
  });

  it('separates components that touch only at a corner', () => {
    const corner = sampled(4, (x, y) => (x < 0.5 === y < 0.5 ? 1 : 0));
    expect(traced(corner, 4)!.share).toBeCloseTo(0.25 - 0.125 * 0.25 ** 2, 6);
  });

  it('fills holes, including holes with islands', () => {
    const ring = maskOf(SIDE, (x, y) => disc(0.4)(x, y) && (!disc(0.3)(x, y) || disc(0.1)(x, y)));
    const { share, points } = traced(ring, SIDE)!;
    expect(share).toBeCloseTo(Math.PI * 0.4 ** 2, 2);
    for (const [x, y] of points) expect(Math.hypot(x - 0.5, y - 0.5)).toBeGreaterThan(0.39);
  });

  it('follows the edge of the image where the lesion is cut off', () => {
    const { points, share } = traced(maskOf(SIDE, disc(0.3, 0, 0.5)), SIDE)!;
    expect(share).toBeCloseTo((Math.PI * 0.3 ** 2) / 2, 2);
    const frame = points.filter(([x]) => x === 0).map(([, y]) => y);
    expect(Math.min(...frame)).toBeCloseTo(0.2, 2);
    expect(Math.max(...frame)).toBeCloseTo(0.8, 2);
  });

  it('of a full mask is the edge of the image; an empty mask has none', () => {
    const full = traced(new Float32Array(SIDE ** 2).fill(1), SIDE)!;
    expect(full.share).toBeCloseTo(1, 9);
    const corners = full.points.map(([x, y]) => `${x} ${y}`).sort();
    expect(corners).toEqual(['0 0', '0 1', '1 0', '1 1']);
    expect(traced(new Float32Array(SIDE ** 2), SIDE)).toBeUndefined();
    expect(traced(new Float32Array(SIDE ** 2).fill(NaN), SIDE)).toBeUndefined();
  });

  it('of a single sample is a small diamond; one that only reaches the level has none', () => {
    const one = sampled(8, (x, y) => (x === 0.4375 && y === 0.5625 ? 1 : 0));
    expect(traced(one, 8)!.share).toBeCloseTo(0.5 * 0.125 ** 2, 9);
    expect(
      traced(
        one.map((value) => value / 2),
        8,
      ),
    ).toBeUndefined();
  });

  it('of any mask has at most 120 corners inside the image, in every orientation', () => {
    const masks = fc.integer({ min: 3, max: 24 }).chain((side) =>
      fc.record({
        side: fc.constant(side),
        mask: fc
          .array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: side ** 2, maxLength: side ** 2 })
          .map((values) => Float32Array.from(values)),
      }),
    );
    fc.assert(
      fc.property(masks, fc.constantFrom(...POSITIONS), ({ side, mask }, position) => {
        const outline = traced(mask, side);
        if (outline === undefined) return;
        expect(outline.points.length).toBeLessThanOrEqual(120);
        expect(outline.points.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
        // Noise may have two components of equal size; the ellipse below does not.
        const turned = traced(positioned(mask, side, position), side);
        expect(turned).toBeDefined();
      }),
    );
  });

  it('of an ellipse encloses the same area at any rotation or reflection', () => {
    const half = fc.double({ min: 0.08, max: 0.4, noNaN: true });
    const angle = fc.double({ min: 0, max: Math.PI, noNaN: true });
    fc.assert(
      fc.property(half, half, angle, fc.constantFrom(...POSITIONS), (a, b, turn, position) => {
        const mask = maskOf(SIDE, ellipse(a, b, turn));
        const { share } = traced(mask, SIDE)!;
        expect(share).toBeCloseTo(Math.PI * a * b, 2);
        expect(traced(positioned(mask, SIDE, position), SIDE)!.share).toBeCloseTo(share, 9);
      }),
      { numRuns: 40 },
    );
  });
});
