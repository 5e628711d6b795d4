import type { Random } from '../../../lib/random.ts';
import type { Size } from './area.ts';
import { Canvas } from './canvas.ts';
import { fractalNoise } from './noise.ts';

/** Woven cloth: sharp, well lit, and not skin. */
export function drawCloth(size: Size, random: Random): Canvas {
  const canvas = new Canvas(size);
  const { width, height } = size;
  const [folds, fibre] = [
    fractalNoise(size, height / 1.8, 3, random),
    fractalNoise(size, height / 180, 3, random),
  ];
  const thread = height / 58;
  for (let i = 0; i < width * height; i += 1) {
    const [px, py] = [i % width, Math.floor(i / width)];
    const bend = 9 * (folds[i] ?? 0);
    const [x, y] = [(0.94 * px + 0.34 * py) / thread + bend, (0.94 * py - 0.34 * px) / thread + bend];
    const over = (Math.floor(x) + Math.floor(y)) % 2 === 0;
    const [across, along] = over ? [x, y] : [y, x];
    const round = Math.sin(Math.PI * (across - Math.floor(across))) ** 0.7;
    const arch = 0.72 + 0.28 * Math.sin(Math.PI * (along - Math.floor(along)));
    const light =
      (0.25 + 0.75 * round * arch) * (0.55 + 0.9 * (folds[i] ?? 0)) * (0.75 + 0.5 * (fibre[i] ?? 0));
    canvas.set(i, over ? [78 * light, 124 * light, 172 * light] : [104 * light, 150 * light, 192 * light]);
  }
  return canvas;
}
