import type { Random } from '../../../lib/random.ts';
import { cellNoise, clamp, fractalNoise, ramp, warpOf } from './noise.ts';
import { Lesion } from './outline.ts';
import type { Tissue } from './tissue.ts';

/** Red, maroon and purple lacunae, round and well separated, on a pale milky background. */
export function drawVascular(tissue: Tissue, random: Random): void {
  const lesion = new Lesion(tissue, { size: 0.215, irregularity: 0.14, softness: 0.07 }, random);
  const { radius } = lesion;
  const warp = warpOf(lesion, radius / 2.5, radius / 3, random);
  const lakes = cellNoise(lesion, radius / 2.7, warp, random);
  const [depth, fine] = [
    fractalNoise(lesion, radius / 3, 5, random),
    fractalNoise(lesion, radius / 14, 3, random),
  ];
  lesion.each((at, i) => {
    const [inside, own, cloud] = [lesion.inside[i] ?? 0, lakes.value[i] ?? 0, (depth[i] ?? 0) - 0.5];
    const round = Math.min(1.6 * (lakes.border[i] ?? 0), 1.05 - (lakes.middle[i] ?? 0));
    const lake = ramp(0.02, 0.42, round + 0.5 * cloud) * (1 - ramp(0.84, 1, lesion.distance[i] ?? 1));
    const grain = 1 + 0.5 * ((fine[i] ?? 0) - 0.5);
    tissue.blood[at] =
      (tissue.blood[at] ?? 0) +
      inside * (0.62 + 0.5 * cloud + lake * (0.75 + 1.15 * own + 1.2 * cloud)) * grain;
    tissue.deep[at] =
      (tissue.deep[at] ?? 0) + inside * lake * Math.max(0, 0.05 + 0.75 * (own - 0.4) + 0.6 * cloud) * grain;
    const veil = 0.1 * (1 - lake) + 0.5 * ramp(0.06, 0.3, -cloud) * (1 - 0.5 * lake);
    tissue.haze[at] = clamp((tissue.haze[at] ?? 0) * (1 - inside) + inside * veil, 0, 0.8);
  });
}

/** A waxy, stuck-on plaque with a sharp border: ridges and fissures, comedo-like openings, milia-like cysts. */
export function drawKeratosis(tissue: Tissue, random: Random): void {
  const lesion = new Lesion(tissue, { size: 0.265, irregularity: 0.24, softness: 0.045 }, random);
  const { radius } = lesion;
  const tone = fractalNoise(lesion, radius / 1.3, 5, random);
  const fine = fractalNoise(lesion, radius / 18, 3, random);
  const furrows = furrowsOf(lesion, random);
  lesion.each((at, i) => {
    const [d, inside, patch] = [lesion.distance[i] ?? 1, lesion.inside[i] ?? 0, (tone[i] ?? 0) - 0.5];
    const fissure = furrows(i) * ramp(-0.2, 0.1, patch) * (1 - 0.5 * ramp(0.7, 1, d));
    const grain = 1 + 0.6 * ((fine[i] ?? 0) - 0.5);
    const rim = 0.16 * ramp(0.8, 0.97, d);
    tissue.melanin[at] =
      (tissue.melanin[at] ?? 0) + inside * Math.max(0.08, 0.42 + 1.5 * patch + 0.5 * fissure + rim) * grain;
    tissue.keratin[at] = (tissue.keratin[at] ?? 0) + inside * (0.55 - 1.8 * patch);
    tissue.haze[at] = (tissue.haze[at] ?? 0) * (1 - inside) + inside * 0.12 * (1 - fissure);
  });
  drawOpenings(lesion, random);
  drawCysts(lesion, random);
}

/** A furrowed surface: lumps of different size with a few winding clefts between them. 0 on a lump, 1 in a cleft. */
function furrowsOf(lesion: Lesion, random: Random): (i: number) => number {
  const { radius } = lesion;
  const lumps = cellNoise(lesion, radius / 4.6, warpOf(lesion, radius / 3, radius / 3.5, random), random);
  const course = fractalNoise(lesion, radius / 2.6, 4, random);
  const width = fractalNoise(lesion, radius / 3, 3, random);
  return (i) => {
    const wide = width[i] ?? 0;
    const between = (1 - ramp(0, 0.12 + 0.6 * wide, lumps.border[i] ?? 1)) * ramp(0.36, 0.62, wide);
    const cleft = 1 - ramp(0.004, 0.03 + 0.06 * wide, Math.abs((course[i] ?? 0) - 0.5));
    return Math.max(0.75 * between, 0.8 * cleft);
  };
}

/** Comedo-like openings: ragged dark brown plugs. */
function drawOpenings(lesion: Lesion, random: Random): void {
  const { tissue, radius } = lesion;
  for (let n = 0; n < 26; n += 1) {
    const [x, y] = lesion.pointBetween(0.05, 0.88, random);
    const size = radius * (0.016 + 0.04 * random() * random());
    const [stretch, angle] = [1 + 0.8 * random(), random() * Math.PI];
    for (const shift of [-0.5, 0, 0.5]) {
      const reach = shift * size * stretch;
      lesion.spot(x + reach * Math.cos(angle), y + reach * Math.sin(angle), 1.7 * size, (at, t) => {
        const amount = 1 - ramp(0.3, 1, t);
        tissue.melanin[at] = Math.max(
          tissue.melanin[at] ?? 0,
          (tissue.melanin[at] ?? 0) * (1 - amount) + 2 * amount,
        );
        tissue.keratin[at] = Math.max(tissue.keratin[at] ?? 0, 0.7 * amount);
      });
    }
  }
}

/** Milia-like cysts: white to yellow dots with a glow. */
function drawCysts(lesion: Lesion, random: Random): void {
  const { tissue, radius } = lesion;
  for (let n = 0; n < 24; n += 1) {
    const [x, y] = lesion.pointBetween(0, 0.85, random);
    const size = radius * (0.014 + 0.026 * random() * random());
    const strength = 0.45 + 0.4 * random();
    lesion.spot(x, y, 3 * size, (at, t) => {
      const glow = strength * (0.9 * (1 - ramp(0.12, 0.42, t)) + 0.28 * (1 - ramp(0.2, 1, t)));
      const haze = tissue.haze[at] ?? 0;
      tissue.haze[at] = haze + (0.92 - haze) * Math.min(1, glow);
    });
  }
}
