import type { Random } from '../../../lib/random.ts';
import { around } from './area.ts';
import { cellNoise, fractalNoise, ramp, warpOf } from './noise.ts';
import type { Tissue } from './tissue.ts';

/** Fair skin with flushes and freckles, fine furrows, pores and a few visible capillaries. */
export function drawSkin(tissue: Tissue, random: Random): void {
  const { height, width } = tissue;
  const flush = fractalNoise(tissue, height / 2.5, 3, random);
  const mottle = fractalNoise(tissue, height / 16, 5, random);
  const grain = fractalNoise(tissue, height / 120, 2, random);
  const furrows = cellNoise(tissue, height / 30, warpOf(tissue, height / 20, height / 45, random), random);
  for (let i = 0; i < width * height; i += 1) {
    const fine = (grain[i] ?? 0) - 0.5;
    const patch = (mottle[i] ?? 0) - 0.5;
    const furrow = 1 - ramp(0, 0.13, furrows.border[i] ?? 1);
    tissue.melanin[i] = 0.095 + 0.11 * patch + 0.09 * fine + 0.03 * furrow;
    tissue.blood[i] = 0.175 + 0.22 * ((flush[i] ?? 0) - 0.5) + 0.17 * patch + 0.12 * fine;
    tissue.haze[i] = 0.05 * ramp(0.52, 0.8, mottle[i] ?? 0) + 0.05 * ramp(0.5, 0.8, grain[i] ?? 0);
  }
  drawPores(tissue, random);
  for (let n = 0; n < 16; n += 1) drawCapillary(tissue, random);
}

/** Follicle openings: a tiny darker dot in a pale ring. */
function drawPores(tissue: Tissue, random: Random): void {
  const { width, height } = tissue;
  for (let n = 0; n < 130; n += 1) {
    const [x, y] = [random() * width, random() * height];
    const size = (height / 720) * (2 + 2.5 * random());
    const depth = 0.3 + 0.7 * random();
    around(tissue, x, y, 2.2 * size, (i, distance) => {
      const t = distance / size;
      tissue.haze[i] = Math.min(1, (tissue.haze[i] ?? 0) + 0.13 * depth * Math.exp(-((t - 1) ** 2) * 3));
      tissue.melanin[i] = (tissue.melanin[i] ?? 0) + 0.14 * depth * Math.exp(-t * t * 6);
    });
  }
}

/** A faint winding vessel, out of focus because it lies deep. */
function drawCapillary(tissue: Tissue, random: Random): void {
  const { width, height } = tissue;
  let [x, y, angle] = [random() * width, random() * height, random() * 2 * Math.PI];
  let turn = 0;
  const length = height * (0.05 + 0.14 * random());
  const size = (height / 720) * (1 + 0.9 * random());
  const strength = 0.05 + 0.07 * random();
  for (let step = 0; step < length; step += 1.5) {
    const fade = Math.sin((Math.PI * step) / length);
    around(tissue, x, y, 2.5 * size, (i, distance) => {
      tissue.blood[i] = (tissue.blood[i] ?? 0) + strength * fade * Math.exp(-((distance / size) ** 2));
    });
    turn = 0.85 * turn + 0.09 * (random() - 0.5);
    angle += turn;
    x += 1.5 * Math.cos(angle);
    y += 1.5 * Math.sin(angle);
  }
}
