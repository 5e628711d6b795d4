import { describe, expect, it } from 'vitest';
import type { Image } from '../../src/vision/image.ts';
import { measure } from '../../src/vision/quality.ts';

/** A triangle wave from 0 to half the period. */
const wave = (at: number, period: number): number => Math.abs((at % period) - period / 2);

/** Waves of two lengths, grain, a black corner and a patch of glare; integers only, so that it is identical on every machine. */
function drawn(width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const grain = (x * 73 + y * 151 + x * y * 31) % 23;
      const tone = 70 + wave(x, 90) + 2 * wave(y, 14) + grain;
      const lit = x + y < width / 2 ? 0 : x > width / 2 && y > (height * 3) / 4 ? 255 : tone;
      data.set([lit, lit === tone ? tone - 20 : lit, lit === tone ? tone >> 1 : lit], (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

/** Measured with the first, simple implementation, which blurred images to measure their focus. */
const PINNED = [
  {
    width: 960,
    height: 720,
    brightness: 0.39592743442265094,
    contrast: 0.2589034474967795,
    darkShare: 0.12333333333333334,
    brightShare: 0.12168888888888889,
    focus: 0.4404612957615073,
  },
  {
    width: 450,
    height: 600,
    brightness: 0.39335558204792415,
    contrast: 0.20345563768048858,
    darkShare: 0.05444444444444444,
    brightShare: 0.07893333333333333,
    focus: 0.49636431950489407,
  },
  {
    width: 150,
    height: 150,
    brightness: 0.38764455320261065,
    contrast: 0.26056682990285673,
    darkShare: 0.12666666666666668,
    brightShare: 0.12168888888888889,
    focus: 0.8288273651810539,
  },
  {
    width: 97,
    height: 131,
    brightness: 0.3916892862278288,
    contrast: 0.20131619889104763,
    darkShare: 0.05611648421723881,
    brightShare: 0.07652247847805292,
    focus: 0.8313434034901932,
  },
  {
    width: 10,
    height: 10,
    brightness: 0.40434909803921576,
    contrast: 0.231771414702662,
    darkShare: 0.15,
    brightShare: 0.08,
    focus: 0,
  },
] as const;

describe('the quality values of a drawn image', () => {
  it.each(PINNED)('are unchanged: $width × $height', (pinned) => {
    const { width, height, ...values } = measure(drawn(pinned.width, pinned.height));
    expect({ width, height }).toEqual({ width: pinned.width, height: pinned.height });
    const { detail, grain, ...others } = values;
    for (const [name, value] of Object.entries(others))
      expect(Math.abs(value - pinned[name as keyof typeof others]), name).toBeLessThan(1e-9);
    for (const value of [detail, grain]) expect(value).toBeGreaterThanOrEqual(0);
  });
});
