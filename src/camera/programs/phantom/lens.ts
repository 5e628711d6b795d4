import type { Image } from '../../../vision/image.ts';
import type { Canvas } from './canvas.ts';
import { ramp, randomOf, type Random, type Size } from './noise.ts';

/** The scene is drawn this much larger than the frame on every side, as a share of its height: room for the hand to tremble. */
const MARGIN = 0.04;

/** Standard deviation of the sensor's noise, 8-bit steps. */
const NOISE = 1.6;
const NOISE_TILE = 65_536;

export function sceneSize({ width, height }: Size): Size {
  const margin = marginOf(height);
  return { width: width + 2 * margin, height: height + 2 * margin };
}

/** Looks at a scene as a hand-held camera does: tremor, vignette of the lens, noise of the sensor. */
export class Lens {
  readonly #size: Size;
  readonly #vignette: Float32Array;
  readonly #noise: Float32Array;
  readonly #random: Random;
  #scene: Uint8ClampedArray = new Uint8ClampedArray();

  constructor(size: Size, seed: number) {
    this.#size = size;
    this.#vignette = vignetteOf(size);
    this.#random = randomOf(seed);
    this.#noise = Float32Array.from({ length: NOISE_TILE }, () => NOISE * gaussian(this.#random));
  }

  /** From now on this scene, of `sceneSize`. */
  turnTo(scene: Canvas): void {
    this.#scene = Uint8ClampedArray.from(scene.data);
  }

  /** The frame exposed `seconds` after the start. */
  expose(seconds: number): Image {
    const { width, height } = this.#size;
    const margin = marginOf(height);
    const [dx, dy] = tremor(seconds, margin);
    const data = new Uint8ClampedArray(width * height * 3);
    const sceneRow = (width + 2 * margin) * 3;
    let grain = Math.floor(this.#random() * NOISE_TILE);
    for (let y = 0; y < height; y += 1) {
      let from = (y + margin + dy) * sceneRow + (margin + dx) * 3;
      let to = y * width * 3;
      for (let x = 0; x < width; x += 1) {
        const light = this.#vignette[y * width + x] ?? 1;
        const noise = this.#noise[(grain = (grain + 1) % NOISE_TILE)] ?? 0;
        for (let c = 0; c < 3; c += 1) data[to++] = (this.#scene[from++] ?? 0) * light + noise;
      }
    }
    return { width, height, data: new Uint8Array(data.buffer) };
  }
}

function marginOf(height: number): number {
  return Math.ceil(height * MARGIN);
}

/** A slow sway with a fast, small tremor of 8–12 Hz on it, whole pixels. */
function tremor(seconds: number, margin: number): [number, number] {
  const sway = 0.55 * margin;
  const shake = 0.04 * margin;
  return [
    Math.round(sway * Math.sin(0.9 * seconds) + shake * Math.sin(2 * Math.PI * 9 * seconds)),
    Math.round(sway * Math.sin(0.7 * seconds + 1) + shake * Math.sin(2 * Math.PI * 11 * seconds + 2)),
  ];
}

/** Even light in the middle, falling off towards the corners. */
function vignetteOf({ width, height }: Size): Float32Array {
  const half = Math.hypot(width, height) / 2;
  return Float32Array.from({ length: width * height }, (_, i) => {
    const distance = Math.hypot((i % width) - width / 2, Math.floor(i / width) - height / 2) / half;
    return 1 - 0.12 * distance ** 2 - 0.5 * ramp(0.74, 1.05, distance);
  });
}

/** Box–Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
