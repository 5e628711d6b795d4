import type { Random } from '../../../lib/random.ts';
import { around } from './area.ts';
import type { Canvas, Colour } from './canvas.ts';
import { clamp, gaussian } from './noise.ts';

export interface Hairs {
  readonly count: number;
  /** Spread of their directions around a common one, radians: hairs in one area lie in a similar direction. */
  readonly spread: number;
}

const COLOUR: Colour = [62, 42, 34];
const SHINE: Colour = [186, 150, 128];

/** Hairs pressed flat by the contact plate: long slow curves that taper, with a highlight along each. */
export function drawHairs(canvas: Canvas, { count, spread }: Hairs, random: Random): void {
  const { width, height } = canvas;
  const lie = random() * 2 * Math.PI;
  const [hair, shine] = [new Float32Array(width * height), new Float32Array(width * height)];
  for (let n = 0; n < count; n += 1)
    drawHair({ canvas, hair, shine }, lie + spread * gaussian(random), random);
  for (let i = 0; i < hair.length; i += 1) {
    const cover = hair[i] ?? 0;
    if (cover === 0) continue;
    canvas.blend(i, COLOUR, 0.88 * cover);
    canvas.blend(i, SHINE, 0.5 * (shine[i] ?? 0));
  }
}

interface Layers {
  readonly canvas: Canvas;
  /** Hair coverage of each pixel, 0–1: crossing hairs do not add up. */
  readonly hair: Float32Array;
  readonly shine: Float32Array;
}

function drawHair({ canvas, hair, shine }: Layers, direction: number, random: Random): void {
  const { width, height } = canvas;
  let [x, y, angle] = [random() * width, random() * height, direction];
  const length = height * (0.35 + 0.75 * random());
  const thick = (height / 720) * (0.75 + 0.95 * random());
  const bend = (0.0011 * 720 * gaussian(random)) / height;
  let curl = 0;
  for (let step = 0; step < length; step += 0.7) {
    const taper = thick * Math.min(1, (1.15 * (length - step)) / length + 0.12, 0.35 + step / (12 * thick));
    lay(canvas, hair, x, y, taper);
    lay(
      canvas,
      shine,
      x + 0.4 * taper * Math.sin(angle),
      y - 0.4 * taper * Math.cos(angle),
      0.3 * taper - 0.25,
    );
    curl = 0.98 * curl + 0.00022 * gaussian(random);
    angle += 0.7 * (bend + curl);
    x += 0.7 * Math.cos(angle);
    y += 0.7 * Math.sin(angle);
  }
}

function lay(canvas: Canvas, layer: Float32Array, x: number, y: number, radius: number): void {
  around(canvas, x, y, radius + 0.6, (i, distance) => {
    layer[i] = Math.max(layer[i] ?? 0, clamp(radius + 0.5 - distance, 0, 1));
  });
}
