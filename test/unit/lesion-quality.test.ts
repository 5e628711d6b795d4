import { describe, expect, it } from 'vitest';
import { gate, LESION_LIMITS, lesionGate } from '../../src/vision/gate.ts';
import { hairIn } from '../../src/vision/hair.ts';
import type { Image } from '../../src/vision/image.ts';
import { measureLesion } from '../../src/vision/lesion-quality.ts';
import { halved, lumaOf } from '../../src/vision/planes.ts';
import { measure, workingSquareOf } from '../../src/vision/quality.ts';
import { maskOf } from '../support/masks.ts';

type Colour = readonly [number, number, number];

const SKIN: Colour = [210, 165, 140];
const LESION: Colour = [130, 85, 65];
const SIDE = 150;

const inDisc = (x: number, y: number): boolean => Math.hypot(x - 0.5, y - 0.5) < 0.3;
const mask = maskOf(40, inDisc);

/** A brown disc on skin, with something over it; `over` is called with pixel coordinates. */
function lesion(over: (x: number, y: number) => Colour | undefined): Image {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const under = inDisc((x + 0.5) / SIDE, (y + 0.5) / SIDE) ? LESION : SKIN;
      data.set(over(x, y) ?? under, (y * SIDE + x) * 3);
    }
  }
  return { width: SIDE, height: SIDE, data };
}

const clean = lesion(() => undefined);

describe('obstructions over a lesion', () => {
  it('are zero in a clean image', () => {
    expect(measureLesion(clean, mask)).toMatchObject({ hair: 0, glare: 0, ink: 0, cut: 0 });
  });

  it('are not measured if there is no lesion', () => {
    expect(measureLesion(clean, new Float32Array(1600))).toBeUndefined();
  });

  it.each([1, 2, 3, 4])('include hair as the fraction of the lesion that %i drawn hairs cover', (hairs) => {
    const onHair = (x: number): boolean => x >= 45 && x % 15 < 2 && x < 45 + 15 * hairs;
    const image = lesion((x) => (onHair(x) ? [40, 28, 22] : undefined));
    let [covered, all] = [0, 0];
    for (let i = 0; i < SIDE * SIDE; i += 1) {
      if (!inDisc(((i % SIDE) + 0.5) / SIDE, (Math.floor(i / SIDE) + 0.5) / SIDE)) continue;
      all += 1;
      covered += onHair(i % SIDE) ? 1 : 0;
    }
    const measured = measureLesion(image, mask)?.hair ?? NaN;
    expect(Math.abs(measured - covered / all)).toBeLessThan(0.2 * (covered / all));
  });

  it('do not count short dark lines or a long dark edge as hair', () => {
    const dots = lesion((x, y) => (x % 12 < 2 && y % 24 < 12 ? [40, 28, 22] : undefined));
    const edge = lesion((x) => (x < 75 ? [40, 28, 22] : undefined));
    expect(measureLesion(dots, mask)?.hair).toBe(0);
    expect(measureLesion(edge, mask)?.hair).toBe(0);
    expect(hairIn(lumaOf(clean), SIDE)).toEqual(new Uint8Array(SIDE * SIDE));
  });

  it('include glare as the fraction of the lesion that a white patch covers, not beside it', () => {
    const half = lesion((x) => (x < 75 ? [250, 250, 250] : undefined));
    expect(measureLesion(half, mask)?.glare).toBeCloseTo(0.5, 1);
    const beside = lesion((x, y) => (inDisc(x / SIDE, y / SIDE) ? undefined : [250, 250, 250]));
    expect(measureLesion(beside, mask)?.glare).toBeLessThan(0.06);
  });

  it('include ink as the fraction of the square that a pen covers', () => {
    const image = lesion((x) => (x < 15 ? [70, 60, 150] : undefined));
    expect(measureLesion(image, mask)?.ink).toBeCloseTo(0.1, 9);
  });

  it('include the fraction of the border that is cut off by the edge of the image', () => {
    const leftHalf = maskOf(40, (x) => x < 0.5);
    expect(measureLesion(clean, leftHalf)?.cut).toBeCloseTo(80 / 120, 9);
    expect(measureLesion(clean, new Float32Array(1600).fill(1))?.cut).toBe(1);
  });
});

describe('the focus of a lesion', () => {
  /** Distance from the lesion's border at which the speckled skin starts, in pixels of 150. */
  const gap = 18;

  /** A disc whose border is `soft` pixels of 150 wide, on speckled skin, in a square of `side`. */
  function onSpeckledSkin(soft: number, side: number, speckles = 40): Image {
    const data = new Uint8Array(side * side * 3);
    for (let i = 0; i < side * side; i += 1) {
      const [x, y] = [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side];
      const beyond = (Math.hypot(x - 0.5, y - 0.5) - 0.3) * 150;
      const skin = 1 / (1 + Math.exp(-beyond / soft));
      // A speckle is two pixels of 150, at the same position in every size.
      const cell = Math.sin(Math.floor(x * 75) * 12.9898 + Math.floor(y * 75) * 78.233) * 43758.5453;
      const speckle = beyond > gap ? speckles * (cell - Math.floor(cell) - 0.5) : 0;
      for (let c = 0; c < 3; c += 1) data[3 * i + c] = LESION[c]! + skin * (SKIN[c]! - LESION[c]!) + speckle;
    }
    return { width: side, height: side, data };
  }

  const focusAt = (soft: number, side = 150): number =>
    measureLesion(workingSquareOf(onSpeckledSkin(soft, side)), mask)!.lesionFocus;

  it('decreases with the softness of its border', () => {
    const values = [0.2, 1, 2, 4].map((soft) => focusAt(soft));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values[0]).toBeGreaterThan(0.4);
    expect(values[3]).toBeLessThan(LESION_LIMITS.lesionFocus);
  });

  it('is too low even if the skin makes the whole image pass as sharp', () => {
    const image = onSpeckledSkin(4, 150);
    const quality = measure(image);
    expect(gate(quality)).toBeUndefined();
    expect(lesionGate(measureLesion(image, mask)!)).toBe('lesion-blurred');
  });

  it('does not depend on the skin beyond its border', () => {
    const [plain, speckled] = [0, 40].map((speckles) => onSpeckledSkin(1, 150, speckles));
    expect(measure(speckled!).focus).toBeGreaterThan(measure(plain!).focus + 0.1);
    expect(measureLesion(speckled!, mask)!.lesionFocus).toBeCloseTo(
      measureLesion(plain!, mask)!.lesionFocus,
      2,
    );
  });

  it('is the same in a larger image of the same lesion', () => {
    expect(focusAt(2, 600)).toBeCloseTo(focusAt(2), 1);
  });

  it('is that of the worse scale, so that noise does not sharpen a soft border', () => {
    const image = onSpeckledSkin(4, 150);
    image.data.forEach((value, i) => (image.data[i] = value + (Math.floor(i / 3) % 2 === 0 ? 4 : -4)));
    expect(measureLesion(image, mask)!.lesionFocus).toBeLessThan(LESION_LIMITS.lesionFocus);
  });
});

describe('a plane at half its side', () => {
  it('is the mean of 2 × 2 blocks, without an odd row or column', () => {
    expect(halved(Float64Array.of(1, 2, 9, 3, 4, 9, 9, 9, 9), 3)).toEqual({
      plane: Float64Array.of(2.5),
      side: 1,
    });
  });
});

describe('the lesion gate', () => {
  it.each([
    [{ hair: LESION_LIMITS.hair + 0.001 }, 'hair'],
    [{ glare: LESION_LIMITS.glare + 0.001 }, 'glare'],
    [{ ink: LESION_LIMITS.ink + 0.001 }, 'ink'],
    [{ cut: LESION_LIMITS.cut + 0.001 }, 'lesion-cut'],
    [{ share: LESION_LIMITS.share - 0.0001 }, 'lesion-small'],
    [{ lesionFocus: LESION_LIMITS.lesionFocus - 0.001 }, 'lesion-blurred'],
    [{ lesionFocus: 0, hair: 1 }, 'lesion-blurred'],
    [{ share: LESION_LIMITS.share - 0.0001, hair: 1 }, 'lesion-small'],
    [{ ...LESION_LIMITS }, undefined],
    [{}, undefined],
  ] as const)('returns for %j: %s', (values, reason) => {
    expect(lesionGate(values)).toBe(reason);
  });
});
