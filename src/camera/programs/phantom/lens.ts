import { randomOf, type Random } from '../../../lib/random.ts';
import type { Size } from './area.ts';
import type { Image } from '../../../vision/image.ts';
import type { Canvas } from './canvas.ts';
import { gaussian, ramp } from './noise.ts';

/** The scene extends beyond the frame by this fraction of its height on every side: room for the hand tremor. */
const MARGIN = 0.04;

/** Standard deviation of the sensor's noise, 8-bit steps. */
const NOISE = 1.6;

/** Noise is generated once and read at a different offset for each row of each frame. */
const NOISE_TILE = 1 << 18;

/** Light is stored in steps of 1/256, so that a frame needs integer arithmetic only. */
const LIGHT_STEPS = 256;

export function sceneSize({ width, height }: Size): Size {
  const margin = marginOf(height);
  return { width: width + 2 * margin, height: height + 2 * margin };
}

/** Simulates a hand-held camera looking at a scene: tremor, vignetting, sensor noise. */
export class Lens {
  readonly #size: Size;
  readonly #light: Uint16Array;
  readonly #noise: Int16Array;
  readonly #random: Random;
  #scene: Uint8ClampedArray = new Uint8ClampedArray();

  constructor(size: Size, seed: number) {
    this.#size = size;
    this.#light = vignetteOf(size);
    this.#random = randomOf(seed);
    this.#noise = new Int16Array(NOISE_TILE + 2 * size.width).map(() =>
      Math.round(NOISE * LIGHT_STEPS * gaussian(this.#random)),
    );
  }

  /** Switches to this scene, of `sceneSize`. */
  turnTo(scene: Canvas): void {
    this.#scene = new Uint8ClampedArray(scene.data);
  }

  /** The frame exposed `seconds` after the start. */
  expose(seconds: number): Image {
    const { width, height } = this.#size;
    const margin = marginOf(height);
    const [dx, dy] = tremor(seconds, margin);
    const data = new Uint8ClampedArray(width * height * 3);
    const [scene, light, noise] = [this.#scene, this.#light, this.#noise];
    for (let y = 0; y < height; y += 1) {
      let from = ((y + margin + dy) * (width + 2 * margin) + margin + dx) * 3;
      let grain = Math.floor(this.#random() * NOISE_TILE);
      let to = y * width * 3;
      for (let x = 0; x < width; x += 1) {
        const bright = light[y * width + x] ?? 0;
        // Sensor noise is mostly in brightness, and a little in colour.
        const shade = noise[grain + width] ?? 0;
        data[to] = ((scene[from] ?? 0) * bright + shade + ((noise[grain] ?? 0) >> 1)) >> 8;
        data[to + 1] = ((scene[from + 1] ?? 0) * bright + shade) >> 8;
        data[to + 2] = ((scene[from + 2] ?? 0) * bright + shade - ((noise[grain] ?? 0) >> 1)) >> 8;
        from += 3;
        to += 3;
        grain += 1;
      }
    }
    return { width, height, data: new Uint8Array(data.buffer) };
  }
}

function marginOf(height: number): number {
  return Math.ceil(height * MARGIN);
}

/** A slow sway with a fast, small tremor of 8–12 Hz on top, whole pixels. */
function tremor(seconds: number, margin: number): [number, number] {
  const sway = 0.55 * margin;
  const shake = 0.04 * margin;
  return [
    Math.round(sway * Math.sin(0.9 * seconds) + shake * Math.sin(2 * Math.PI * 9 * seconds)),
    Math.round(sway * Math.sin(0.7 * seconds + 1) + shake * Math.sin(2 * Math.PI * 11 * seconds + 2)),
  ];
}

/**
 * A ring light illuminates the centre evenly; it falls off towards the corners, which the tube of the dermatoscope cuts
 * off.
 */
function vignetteOf({ width, height }: Size): Uint16Array {
  const half = Math.hypot(width, height) / 2;
  return new Uint16Array(width * height).map((_, i) => {
    const distance = Math.hypot((i % width) - width / 2, Math.floor(i / width) - height / 2) / half;
    return LIGHT_STEPS * (1.02 - 0.13 * distance ** 2) * (1 - 0.96 * ramp(0.885, 0.925, distance));
  });
}
