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

/** A brown disc on skin, with something over it; `over` is asked in pixels. */
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

describe('what lies over a lesion', () => {
  it('is nothing in a clean picture', () => {
    expect(measureLesion(clean, mask)).toMatchObject({ hair: 0, glare: 0, ink: 0, cut: 0 });
  });

  it('is not measured if there is no lesion', () => {
    expect(measureLesion(clean, new Float32Array(1600))).toBeUndefined();
  });

  it.each([1, 2, 3, 4])('is hair by the share of the lesion that %i drawn hairs cover', (hairs) => {
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

  it('is no hair where dark lines are short, or a dark edge is long', () => {
    const dots = lesion((x, y) => (x % 12 < 2 && y % 24 < 12 ? [40, 28, 22] : undefined));
    const edge = lesion((x) => (x < 75 ? [40, 28, 22] : undefined));
    expect(measureLesion(dots, mask)?.hair).toBe(0);
    expect(measureLesion(edge, mask)?.hair).toBe(0);
    expect(hairIn(lumaOf(clean), SIDE)).toEqual(new Uint8Array(SIDE * SIDE));
  });

  it('is glare by the share of the lesion that a white patch covers, and none beside it', () => {
    const half = lesion((x) => (x < 75 ? [250, 250, 250] : undefined));
    expect(measureLesion(half, mask)?.glare).toBeCloseTo(0.5, 1);
    const beside = lesion((x, y) => (inDisc(x / SIDE, y / SIDE) ? undefined : [250, 250, 250]));
    expect(measureLesion(beside, mask)?.glare).toBeLessThan(0.06);
  });

  it('is ink by the share of the square that a pen covers', () => {
    const image = lesion((x) => (x < 15 ? [70, 60, 150] : undefined));
    expect(measureLesion(image, mask)?.ink).toBeCloseTo(0.1, 9);
  });

  it('is the picture’s edge by the share of the border that it cuts off', () => {
    const leftHalf = maskOf(40, (x) => x < 0.5);
    expect(measureLesion(clean, leftHalf)?.cut).toBeCloseTo(80 / 120, 9);
    expect(measureLesion(clean, new Float32Array(1600).fill(1))?.cut).toBe(1);
  });
});

describe('the focus of a lesion', () => {
  /** Pixels of 150 from the lesion's border on, from where on the skin is speckled. */
  const apart = 18;

  /** A disc whose border is `soft` pixels of 150 wide, on speckled skin, in a square of `side`. */
  function onSpeckledSkin(soft: number, side: number, speckles = 40): Image {
    const data = new Uint8Array(side * side * 3);
    for (let i = 0; i < side * side; i += 1) {
      const [x, y] = [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side];
      const beyond = (Math.hypot(x - 0.5, y - 0.5) - 0.3) * 150;
      const skin = 1 / (1 + Math.exp(-beyond / soft));
      // Two pixels of 150 to a speckle, the same place in every size.
      const cell = Math.sin(Math.floor(x * 75) * 12.9898 + Math.floor(y * 75) * 78.233) * 43758.5453;
      const speckle = beyond > apart ? speckles * (cell - Math.floor(cell) - 0.5) : 0;
      for (let c = 0; c < 3; c += 1) data[3 * i + c] = LESION[c]! + skin * (SKIN[c]! - LESION[c]!) + speckle;
    }
    return { width: side, height: side, data };
  }

  const focusAt = (soft: number, side = 150): number =>
    measureLesion(workingSquareOf(onSpeckledSkin(soft, side)), mask)!.lesionFocus;

  it('falls with the softness of its border', () => {
    const values = [0.2, 1, 2, 4].map((soft) => focusAt(soft));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values[0]).toBeGreaterThan(0.4);
    expect(values[3]).toBeLessThan(LESION_LIMITS.lesionFocus);
  });

  it('is refused where the whole picture is sharp, for its skin', () => {
    const image = onSpeckledSkin(4, 150);
    const quality = measure(image);
    expect(gate(quality)).toBeUndefined();
    expect(lesionGate(measureLesion(image, mask)!)).toBe('lesion-blurred');
  });

  it('is not of the skin beyond its border', () => {
    const [plain, speckled] = [0, 40].map((speckles) => onSpeckledSkin(1, 150, speckles));
    expect(measure(speckled!).focus).toBeGreaterThan(measure(plain!).focus + 0.1);
    expect(measureLesion(speckled!, mask)!.lesionFocus).toBeCloseTo(
      measureLesion(plain!, mask)!.lesionFocus,
      2,
    );
  });

  it('is the same in a large picture of the same lesion', () => {
    expect(focusAt(2, 600)).toBeCloseTo(focusAt(2), 1);
  });

  it('is that of the worse scale: of noise over a soft border there is none', () => {
    const image = onSpeckledSkin(4, 150);
    image.data.forEach((value, i) => (image.data[i] = value + (Math.floor(i / 3) % 2 === 0 ? 4 : -4)));
    expect(measureLesion(image, mask)!.lesionFocus).toBeLessThan(LESION_LIMITS.lesionFocus);
  });
});

describe('a plane at half its side', () => {
  it('is the mean of two by two, without an odd rest', () => {
    expect(halved(Float64Array.of(1, 2, 9, 3, 4, 9, 9, 9, 9), 3)).toEqual({
      plane: Float64Array.of(2.5),
      side: 1,
    });
  });
});

describe('the gate behind the network', () => {
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
  ] as const)('says of %j: %s', (values, reason) => {
    expect(lesionGate(values)).toBe(reason);
  });
});
