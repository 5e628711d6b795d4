import { describe, expect, it } from 'vitest';
import { renderFrame } from '../../src/camera/programs/phantom/render.ts';
import { Lens, sceneSize } from '../../src/camera/programs/phantom/lens.ts';
import { drawScene, SCENES } from '../../src/camera/programs/phantom/scene.ts';
import { gate } from '../../src/vision/gate.ts';
import type { Image } from '../../src/vision/image.ts';
import { measure } from '../../src/vision/quality.ts';

const size = { width: 240, height: 180 };
const small = { width: 160, height: 120 };

function frame(name: string, seed = 3, of = size): Image {
  const image = renderFrame(name, of, seed);
  if (image === undefined) throw new Error(`no scene ${name}`);
  return image;
}

/** Fraction of the pixels of the middle half whose colour meets a condition. */
function share(
  { width, height, data }: Image,
  condition: (r: number, g: number, b: number) => boolean,
): number {
  let hits = 0;
  let all = 0;
  for (let y = Math.floor(height / 4); y < (height * 3) / 4; y += 1) {
    for (let x = Math.floor(width / 4); x < (width * 3) / 4; x += 1) {
      const at = (y * width + x) * 3;
      all += 1;
      if (condition(data[at]!, data[at + 1]!, data[at + 2]!)) hits += 1;
    }
  }
  return hits / all;
}

const brown = (r: number, g: number, b: number): boolean => r < 190 && r > g + 15 && g > b + 5;
const blueGrey = (r: number, g: number, b: number): boolean => b > r - 25 && b >= g && b > 70;
const deepRed = (r: number, g: number, b: number): boolean => r > 1.9 * g && r > 1.4 * b && r > 70;
const nearlyBlack = (r: number, g: number, b: number): boolean => r + g + b < 150;

describe('the phantom’s scenes', () => {
  it('are those that can be requested', () => {
    expect(SCENES).toEqual([
      'naevus',
      'melanoma-like',
      'vascular',
      'keratosis',
      'ruler',
      'hairy',
      'blurred',
      'over-exposed',
      'no-lesion',
      'not-skin',
    ]);
    expect(renderFrame('toString', small, 1)).toBeUndefined();
  });

  it.each(SCENES)('are the same for the same seed and differ for another: %s', (name) => {
    const first = frame(name, 5, small);
    expect(first).toMatchObject(small);
    expect(first.data).toHaveLength(small.width * small.height * 3);
    expect(Buffer.compare(frame(name, 5, small).data, first.data)).toBe(0);
    expect(Buffer.compare(frame(name, 6, small).data, first.data)).not.toBe(0);
  });

  it.each([
    ['naevus', undefined],
    ['melanoma-like', undefined],
    ['vascular', undefined],
    ['keratosis', undefined],
    ['ruler', undefined],
    ['hairy', undefined],
    ['blurred', 'too-blurred'],
    ['over-exposed', 'too-bright'],
  ])('have the expected gate result: %s', (name, reason) => {
    for (const seed of [1, 2, 3]) expect(gate(measure(frame(name, seed)))).toBe(reason);
  });

  it('show the features of their lesion', () => {
    for (const seed of [1, 2, 3]) {
      const [naevus, melanoma, vascular, bare] = ['naevus', 'melanoma-like', 'vascular', 'no-lesion'].map(
        (name) => frame(name, seed),
      ) as [Image, Image, Image, Image];
      expect(share(naevus, brown)).toBeGreaterThan(0.15);
      expect(share(bare, brown)).toBeLessThan(0.05);
      expect(share(melanoma, blueGrey)).toBeGreaterThan(0.01);
      expect(share(naevus, blueGrey)).toBeLessThan(0.002);
      expect(share(melanoma, nearlyBlack)).toBeGreaterThan(2 * share(naevus, nearlyBlack));
      expect(share(vascular, deepRed)).toBeGreaterThan(0.1);
      expect(share(vascular, brown)).toBeLessThan(0.05);
    }
  });
});

describe('the phantom’s lens', () => {
  it('shakes: the image moves between frames, but never beyond the scene', () => {
    const lens = new Lens(small, 1);
    // A scene of one bright column: its position shows where the lens points.
    const scene = drawScene('no-lesion', sceneSize(small), 1)!;
    const column = Math.floor(scene.width / 2);
    scene.data.forEach((_, i) => (scene.data[i] = Math.floor(i / 3) % scene.width === column ? 250 : 20));
    lens.turnTo(scene);
    const positions = Array.from({ length: 60 }, (_, k) => {
      const { data, width } = lens.expose(k / 7);
      const row = data.subarray(60 * width * 3, 61 * width * 3).filter((__, i) => i % 3 === 0);
      return row.indexOf(Math.max(...row));
    });
    expect(new Set(positions).size).toBeGreaterThan(3);
    const margin = (scene.width - small.width) / 2;
    for (const position of positions)
      expect(Math.abs(position + margin - column)).toBeLessThanOrEqual(margin);
  });

  it('has new noise in each frame', () => {
    const lens = new Lens(small, 1);
    lens.turnTo(drawScene('naevus', sceneSize(small), 1)!);
    expect(Buffer.compare(lens.expose(0).data, lens.expose(0).data)).not.toBe(0);
  });

  it('darkens the corners but not the centre square', () => {
    const { data, width, height } = frame('no-lesion');
    const red = (x: number, y: number): number => data[(y * width + x) * 3]!;
    for (const [x, y] of [
      [0, 0],
      [width - 1, 0],
      [0, height - 1],
      [width - 1, height - 1],
    ] as const) {
      expect(red(x, y)).toBeLessThan(40);
    }
    expect(measure({ width, height, data }).darkShare).toBeLessThan(0.01);
  });
});
