import { describe, expect, it } from 'vitest';
import { sceneSize } from '../../src/camera/programs/phantom/lens.ts';
import { renderFrame } from '../../src/camera/programs/phantom/render.ts';
import type { Image } from '../../src/vision/image.ts';
import { readRuler } from '../../src/vision/ruler.ts';

/** The size of images without a ruler. */
const SMALL = { width: 400, height: 300 };

/** Dark ticks on white, every fifth and tenth longer, along a line through (`x`, `y`) at `degrees`. */
function drawnRuler(side: number, period: number, degrees: number): Image {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i += 1) {
    const [dx, dy] = [(i % side) - side / 2, Math.floor(i / side) - side / 2];
    const [along, down] = [(dx * cos + dy * sin) / period, (dy * cos - dx * sin) / period];
    const tick = Math.round(along);
    const length = tick % 10 === 0 ? 3 : tick % 5 === 0 ? 2.2 : 1.4;
    const ink = down > 0 && down < length ? Math.max(0, 1 - Math.abs(along - tick) * 8) : 0;
    data.fill(235 - 190 * ink, 3 * i, 3 * i + 3);
  }
  return { width: side, height: side, data };
}

/** A fabric with the thread density `ink` (0–1), rotated by `degrees`. */
function drawnFabric(
  side: number,
  period: number,
  degrees: number,
  ink: (x: number, y: number) => number,
): Image {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i += 1) {
    const [x, y] = [i % side, Math.floor(i / side)];
    data.fill(220 - 160 * ink((x * cos + y * sin) / period, (y * cos - x * sin) / period), 3 * i, 3 * i + 3);
  }
  return { width: side, height: side, data };
}

describe('a ruler in the image', () => {
  it.each([
    [24, 0],
    [17.3, 12],
    [40, -33],
    [31.7, 90],
    [26.4, 61],
  ])('with %d pixels per millimetre at %d° is read within 1 %', (period, degrees) => {
    const reading = readRuler(drawnRuler(360, period, degrees));
    expect(Math.abs(reading!.pixelsPerMm / period - 1)).toBeLessThan(0.01);
    expect(Math.abs(Math.sin(((reading!.angle - degrees) * Math.PI) / 180))).toBeLessThan(0.06);
  });

  it.each([1, 2, 3])('that the phantom draws beside a lesion is read correctly (seed %i)', (seed) => {
    const size = { width: 640, height: 480 };
    const image = renderFrame('ruler', size, seed)!;
    // The phantom's ruler has 22 mm over the height of its scene, which is larger than the frame.
    const millimetre = sceneSize(size).height / 22;
    expect(Math.abs(readRuler(image)!.pixelsPerMm / millimetre - 1)).toBeLessThan(0.01);
  });

  it.each(['naevus', 'hairy', 'no-lesion'])('is not detected where there is none (%s)', (scene) => {
    expect(readRuler(renderFrame(scene, SMALL, 1)!)).toBeUndefined();
  });

  it.each([1, 2])('is not detected in woven fabric (seed %i)', (seed) => {
    expect(readRuler(renderFrame('not-skin', SMALL, seed)!)).toBeUndefined();
  });

  it.each([
    ['a weave', 12, 15, (x: number, y: number) => (Math.floor(x) + Math.floor(y)) & 1],
    ['a knit', 14, 5, (x: number, y: number) => Math.abs(Math.sin(Math.PI * x) * Math.sin(Math.PI * y))],
    ['a mesh', 18, -8, (x: number, y: number) => Number(x - Math.floor(x) < 0.2 || y - Math.floor(y) < 0.2)],
  ])('is not detected in %s, which repeats in two directions', (_, period, degrees, ink) => {
    expect(readRuler(drawnFabric(240, period, degrees, ink))).toBeUndefined();
  });

  it('is not detected on a plain surface', () => {
    expect(readRuler({ width: 240, height: 240, data: new Uint8Array(172_800).fill(200) })).toBeUndefined();
  });
});
