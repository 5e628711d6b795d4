import { describe, expect, it } from 'vitest';
import type { QualityValues } from '../../src/protocol/outcome.ts';
import { gate, GATE_LIMITS } from '../../src/vision/gate.ts';
import type { Image } from '../../src/vision/image.ts';
import { measure } from '../../src/vision/quality.ts';

function grey(width: number, height: number, value: (x: number, y: number) => number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const level = Math.min(255, Math.max(0, Math.round(value(i % width, Math.floor(i / width)))));
    data.fill(level, i * 3, i * 3 + 3);
  }
  return { width, height, data };
}

/** Repeatable noise, 0–1: sharp texture. */
const noise = (x: number, y: number): number => {
  const value = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return value - Math.floor(value);
};

const texture = (x: number, y: number): number => 140 + 70 * (noise(x, y) - 0.5);
/** Texture with an extent, as a lens draws it: single pixels would be noise. */
const crisp = (x: number, y: number): number => texture(Math.floor(x / 2), Math.floor(y / 2));
/** Structures of about 40 pixels without an edge, as in an image far out of focus. */
const smooth = (x: number, y: number): number => 140 + 60 * Math.sin(x / 12) * Math.cos(y / 14);

const reasonFor = (image: Image): string | undefined => gate(measure(image));

describe('the quality values of an image', () => {
  it('reach the ends of their ranges for black and for white', () => {
    expect(measure(grey(150, 150, () => 0))).toMatchObject({
      brightness: 0,
      contrast: 0,
      darkShare: 1,
      brightShare: 0,
    });
    const white = measure(grey(150, 150, () => 255));
    expect(white.brightness).toBeCloseTo(1, 9);
    expect(white).toMatchObject({ darkShare: 0, brightShare: 1 });
  });

  it('are halves for an image that is half black and half white', () => {
    const quality = measure(grey(150, 150, (x) => (x < 75 ? 0 : 255)));
    expect(quality.brightness).toBeCloseTo(0.5, 9);
    expect(quality.contrast).toBeCloseTo(0.5, 9);
    expect([quality.darkShare, quality.brightShare]).toEqual([0.5, 0.5]);
  });

  it('weight the colours by perceived brightness', () => {
    const image = grey(150, 150, () => 0);
    image.data.forEach((_, i) => (image.data[i] = i % 3 === 1 ? 255 : 0));
    expect(measure(image).brightness).toBeCloseTo(0.587, 9);
  });

  it('are those of the centre square, with the size of the whole image', () => {
    const quality = measure(grey(450, 150, (x) => (x >= 150 && x < 300 ? 255 : 0)));
    expect(quality).toMatchObject({ width: 450, height: 150, darkShare: 0, brightShare: 1 });
  });

  it('have a higher focus for crisp texture than for a smooth image, at any image size', () => {
    const sharp = measure(grey(150, 150, texture)).focus;
    const blurred = measure(grey(150, 150, smooth)).focus;
    const large = measure(grey(600, 600, (x, y) => texture(Math.floor(x / 4), Math.floor(y / 4)))).focus;
    expect(sharp).toBeGreaterThan(blurred + 0.3);
    expect(large).toBeCloseTo(sharp, 9);
    expect(sharp).toBeLessThanOrEqual(1);
    expect(blurred).toBeGreaterThanOrEqual(0);
  });

  it('have a low focus for an image that is blurred along one direction only', () => {
    const across = measure(
      grey(150, 150, (x, y) => 140 + 50 * (noise(x, 0) - 0.5) + 20 * Math.sin(y / 14)),
    ).focus;
    const down = measure(
      grey(150, 150, (x, y) => 140 + 50 * (noise(0, y) - 0.5) + 20 * Math.sin(x / 14)),
    ).focus;
    expect(Math.max(across, down)).toBeLessThan(measure(grey(150, 150, texture)).focus - 0.3);
  });
});

describe('the gate', () => {
  it.each([
    ['black', (): number => 0, 'too-dark'],
    ['nearly black with some light', (x: number): number => (x < 120 ? 5 : 200), 'too-dark'],
    ['white', (): number => 255, 'too-bright'],
    ['half glare', (x: number): number => (x < 110 ? 255 : 120), 'too-bright'],
    ['one even colour', (): number => 128, 'no-detail'],
    ['far out of focus', smooth, 'too-blurred'],
    ['noise', texture, 'too-blurred'],
    ['crisp texture', crisp, undefined],
  ])('checks an image that is %s', (_, value, reason) => {
    expect(reasonFor(grey(150, 150, value))).toBe(reason);
  });

  it('rejects an image below the minimum size, and accepts one of that size', () => {
    const { side } = GATE_LIMITS;
    expect(reasonFor(grey(400, side - 1, crisp))).toBe('too-small');
    expect(reasonFor(grey(side - 1, 400, crisp))).toBe('too-small');
    expect(reasonFor(grey(side, side, crisp))).toBeUndefined();
  });

  const fit: QualityValues = {
    width: 600,
    height: 450,
    brightness: 0.5,
    contrast: 0.1,
    darkShare: 0,
    brightShare: 0,
    focus: 0.5,
  };

  it.each([
    [{ width: 99 }, 'too-small'],
    [{ height: 99 }, 'too-small'],
    [{ brightness: GATE_LIMITS.brightness.low - 0.001 }, 'too-dark'],
    [{ darkShare: GATE_LIMITS.darkShare + 0.001 }, 'too-dark'],
    [{ brightness: GATE_LIMITS.brightness.high + 0.001 }, 'too-bright'],
    [{ brightShare: GATE_LIMITS.brightShare + 0.001 }, 'too-bright'],
    [{ contrast: GATE_LIMITS.contrast - 0.001 }, 'no-detail'],
    [{ focus: GATE_LIMITS.focus - 0.001 }, 'too-blurred'],
    [{ detail: GATE_LIMITS.detail - 0.001 }, 'too-blurred'],
    [{ focus: GATE_LIMITS.focus - 0.001, motion: GATE_LIMITS.motion }, 'too-blurred'],
    [{ focus: GATE_LIMITS.focus - 0.001, motion: GATE_LIMITS.motion + 0.001 }, 'moved'],
    [{ detail: GATE_LIMITS.detail - 0.001, motion: GATE_LIMITS.motion + 0.001 }, 'moved'],
    [{ brightness: 0, focus: 0, motion: 0.1 }, 'too-dark'],
    [{ contrast: 0, focus: 0, motion: 0.1 }, 'no-detail'],
    [{ brightness: 0, contrast: 0, darkShare: 1, focus: 0 }, 'too-dark'],
    [{ contrast: 0, focus: 0 }, 'no-detail'],
    [{ damage: 1.001 }, 'damaged'],
    [{ damage: 1.001, brightness: 0, focus: 0 }, 'damaged'],
    [{ damage: 1, brightness: 0 }, 'too-dark'],
    [{ detail: 0.3, grain: 0.62 }, 'too-blurred'],
    [{ detail: 0.3, grain: 0.62, motion: 0.1 }, 'moved'],
  ] as const)('with %j in an otherwise good image returns %s', (change, reason) => {
    expect(gate(fit)).toBeUndefined();
    expect(gate({ ...fit, ...change })).toBe(reason);
  });

  it('takes noise for focus only as far as there is detail', () => {
    expect(gate({ ...fit, detail: 0.5, grain: 0.6 })).toBeUndefined();
    expect(gate({ ...fit, detail: 0.3, grain: 0.62 })).toBe('too-blurred');
  });

  it('does not reject a sharp image for motion', () => {
    expect(gate({ ...fit, motion: 0.15 })).toBeUndefined();
  });

  it('accepts values exactly at the limits', () => {
    const { side, brightness, darkShare, brightShare, contrast, focus } = GATE_LIMITS;
    const least = { width: side, height: side, darkShare, brightShare, contrast, focus };
    expect(gate({ ...least, brightness: brightness.low })).toBeUndefined();
    expect(gate({ ...least, brightness: brightness.high })).toBeUndefined();
  });
});
