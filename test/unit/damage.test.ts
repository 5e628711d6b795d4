import { describe, expect, it } from 'vitest';
import { renderFrame } from '../../src/camera/programs/phantom/render.ts';
import { colourCastOf, isImplausible } from '../../src/vision/colour-cast.ts';
import { damageOf, damageSignsOf, type DamageSigns, DAMAGE_LIMITS } from '../../src/vision/damage.ts';
import { gate } from '../../src/vision/gate.ts';
import type { Image } from '../../src/vision/image.ts';
import { measure, survey } from '../../src/vision/quality.ts';

const [WIDTH, HEIGHT] = [320, 240];

const drawn = (scene = 'melanoma-like', seed = 1): Image =>
  renderFrame(scene, { width: WIDTH, height: HEIGHT }, seed)!;

const signsOf = (image: Image): DamageSigns => damageSignsOf(image, survey(image).half);

/** Each pixel is computed from its place. */
function changed(image: Image, pixel: (x: number, y: number) => readonly number[]): Image {
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < WIDTH * HEIGHT; i += 1)
    data.set(
      pixel(i % WIDTH, Math.floor(i / WIDTH)).map((value) => Math.min(255, Math.max(0, Math.round(value)))),
      i * 3,
    );
  return { ...image, data };
}

function at({ data }: Image, x: number, y: number): number[] {
  const first = (Math.min(HEIGHT - 1, y) * WIDTH + Math.min(WIDTH - 1, x)) * 3;
  return [...data.subarray(first, first + 3)];
}

const moved = (image: Image, from: (x: number, y: number) => [number, number]): Image =>
  changed(image, (x, y) => at(image, ...from(x, y)));

const turned = (image: Image): Image => moved(image, (x, y) => [WIDTH - 1 - x, HEIGHT - 1 - y]);

type Kind = readonly [name: string, sign: keyof DamageSigns, damage: (image: Image) => Image];

const HALF = HEIGHT / 2;
const KINDS: readonly Kind[] = [
  [
    'a flat half',
    'break',
    (image) => changed(image, (x, y) => (y < HALF ? at(image, x, y) : [128, 128, 128])),
  ],
  ['its last row smeared', 'still', (image) => moved(image, (x, y) => [x, Math.min(y, HALF)])],
  ['rows shown again', 'repeat', (image) => moved(image, (x, y) => [x, y < 140 ? y : y - 80])],
  [
    'both fields one above the other',
    'repeat',
    (image) => moved(image, (x, y) => [x, (2 * y) % (HEIGHT - 1)]),
  ],
  ['a displaced part', 'break', (image) => moved(image, (x, y) => [y < HALF ? x : (x + 70) % WIDTH, y])],
  [
    'a tinted part',
    'tint',
    (image) =>
      changed(image, (x, y) => at(image, x, y).map((value, c) => value + (y < HALF ? 0 : [20, -15, 20][c]!))),
  ],
  ['displaced fields', 'comb', (image) => moved(image, (x, y) => [y % 2 ? x + 8 : x, y])],
  ['large pixels', 'blocks', (image) => moved(image, (x, y) => [x - (x % 9) + 4, y - (y % 9) + 4])],
];

describe('damage', () => {
  it.each(['naevus', 'melanoma-like', 'vascular', 'keratosis', 'hairy', 'ruler'])(
    'is not found in a good image: %s',
    (scene) => {
      for (const seed of [1, 2, 3]) {
        const image = drawn(scene, seed);
        expect(damageOf(signsOf(image))).toBeLessThan(1);
        expect(isImplausible(colourCastOf(survey(image).square)!)).toBe(false);
      }
    },
  );

  it.each(KINDS)('is found in an image with %s, by its sign, and the other way up', (_, sign, damage) => {
    for (const seed of [1, 2, 3]) {
      const damaged = damage(drawn('melanoma-like', seed));
      for (const image of [damaged, turned(damaged)]) {
        const signs = signsOf(image);
        expect(signs[sign]).toBeGreaterThan(DAMAGE_LIMITS[sign]);
        expect(gate({ ...measure(image), damage: damageOf(signs) })).toBe('damaged');
      }
    }
  });

  it('is found in columns too, as a rotated camera sends them', () => {
    const image = moved(drawn(), (x, y) => [Math.min(x, WIDTH / 2), y]);
    expect(signsOf(image).still).toBeGreaterThan(DAMAGE_LIMITS.still);
  });
});

describe('an implausible colour', () => {
  const cast = (change: (rgb: number[]) => readonly number[]): boolean => {
    const image = drawn();
    return isImplausible(colourCastOf(survey(changed(image, (x, y) => change(at(image, x, y)))).square)!);
  };

  it.each<readonly [string, (rgb: number[]) => readonly number[]]>([
    ['grey', ([r = 0, g = 0, b = 0]) => new Array<number>(3).fill((r + g + b) / 3)],
    ['sepia', ([r = 0, g = 0, b = 0]) => [1.07, 0.9, 0.7].map((gain) => (gain * (r + g + b)) / 3)],
    ['purple', ([r = 0, g = 0, b = 0]) => [r, 0.4 * g, b]],
    ['green', ([r = 0, g = 0, b = 0]) => [0.4 * r, g, 0.4 * b]],
    ['red and blue exchanged', ([r = 0, g = 0, b = 0]) => [b, g, r]],
  ])('is %s', (_, change) => {
    expect(cast(change)).toBe(true);
  });

  it.each([
    ['warmer', [1.1, 1, 0.8]],
    ['colder', [0.9, 1, 1.1]],
    ['darker', [0.6, 0.6, 0.6]],
  ] as const)('is not that of a light that is %s', (_, gains) => {
    expect(cast((rgb) => rgb.map((value, c) => value * gains[c]!))).toBe(false);
  });
});

describe('the round border of the optics', () => {
  /** Outside a circle of this radius, as a fraction of the shorter side. */
  const bordered = (image: Image, radius: number, level: number): Image =>
    changed(image, (x, y) =>
      Math.hypot(x - WIDTH / 2, y - HEIGHT / 2) > radius * HEIGHT ? [level, level, level] : at(image, x, y),
    );

  it.each([
    ['black', 6],
    ['white', 250],
  ])('does not count: %s', (_, level) => {
    for (const radius of [0.36, 0.45, 0.55]) {
      const image = bordered(drawn(), radius, level);
      const { brightness, contrast } = measure(image);
      expect(gate({ ...measure(image), damage: damageOf(signsOf(image)) })).toBeUndefined();
      // The middle of the image is darker than the rest: it is the lesion.
      expect(brightness).toBeGreaterThan(0.35);
      expect(brightness).toBeLessThan(0.75);
      expect(contrast).toBeLessThan(0.25);
    }
  });

  it('counts where the field itself is too dark, too bright or out of focus', () => {
    const flat = changed(drawn(), () => [250, 250, 250]);
    expect(gate(measure(bordered(flat, 0.45, 6)))).toBe('too-bright');
    expect(
      gate(
        measure(
          bordered(
            changed(drawn(), () => [9, 9, 9]),
            0.45,
            250,
          ),
        ),
      ),
    ).toBe('too-dark');
    expect(gate(measure(bordered(drawn('blurred'), 0.45, 250)))).toBe('too-blurred');
  });
});
