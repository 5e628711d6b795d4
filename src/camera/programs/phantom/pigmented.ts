import type { Random } from '../../../lib/random.ts';
import { cellNoise, fractalNoise, gaussian, ramp, warpOf, type Field } from './noise.ts';
import { Lesion } from './outline.ts';
import type { Tissue } from './tissue.ts';

/** A regular mesh of brown lines around paler holes: the rete ridges of the epidermis, seen from above. 0 in a hole, 1 on a line. */
function networkOf(lesion: Lesion, cell: number, random: Random): Field {
  const warp = warpOf(lesion, 3 * cell, cell, random);
  const { middle, border } = cellNoise(lesion, cell, warp, random);
  return middle.map(
    (distance, i) => 0.55 * ramp(0.22, 0.62, distance) + 0.45 * (1 - ramp(0.04, 0.42, border[i] ?? 1)),
  );
}

interface Globules {
  readonly count: number;
  /** Mean radius as a fraction of the lesion's. */
  readonly size: number;
  readonly between: readonly [inner: number, outer: number];
  readonly melanin: number;
  readonly deep?: number;
}

/** Nests of pigment cells: soft round dots, where there already is pigment. */
function drawGlobules(
  lesion: Lesion,
  { count, size, between, melanin, deep = 0 }: Globules,
  random: Random,
): void {
  const { tissue } = lesion;
  for (let n = 0; n < count; n += 1) {
    const [x, y] = lesion.pointBetween(...between, random);
    const radius = lesion.radius * size * (0.5 + random());
    const strength = (0.45 + 0.55 * random()) * ramp(0.25, 0.9, lesion.at(tissue.melanin, x, y));
    lesion.spot(x, y, 1.6 * radius, (at, t) => {
      const amount = strength * (1 - ramp(0.35, 0.95, t));
      tissue.melanin[at] = (tissue.melanin[at] ?? 0) + melanin * amount;
      tissue.deep[at] = (tissue.deep[at] ?? 0) + deep * amount;
    });
  }
}

/** Even brown, darker in the middle, with a fine regular network that thins out towards a soft border. */
export function drawNaevus(tissue: Tissue, random: Random): void {
  const lesion = new Lesion(tissue, { size: 0.24, irregularity: 0.16, softness: 0.24 }, random);
  const network = networkOf(lesion, lesion.radius / 13, random);
  const patches = fractalNoise(lesion, lesion.radius / 1.6, 5, random);
  const fine = fractalNoise(lesion, lesion.radius / 16, 3, random);
  lesion.each((at, i) => {
    const [d, inside, patch] = [lesion.distance[i] ?? 1, lesion.inside[i] ?? 0, (patches[i] ?? 0) - 0.5];
    const body = 0.36 + 0.6 * (1 - ramp(0.05, 0.95, d + 1.1 * patch)) + 0.55 * patch;
    const line = (network[i] ?? 0) * (0.34 + 0.24 * (1 - ramp(0.3, 1.1, d)) + 0.9 * patch);
    const grain = 1 + 0.55 * ((fine[i] ?? 0) - 0.5);
    tissue.melanin[at] = (tissue.melanin[at] ?? 0) + inside * Math.max(0, body + Math.max(0, line)) * grain;
    tissue.blood[at] = (tissue.blood[at] ?? 0) + 0.05 * inside;
    tissue.haze[at] = (tissue.haze[at] ?? 0) * (1 - inside);
  });
  drawGlobules(lesion, { count: 60, size: 0.026, between: [0, 0.55], melanin: 0.55 }, random);
  drawGlobules(lesion, { count: 26, size: 0.02, between: [0.6, 1], melanin: 0.35 }, random);
}

/**
 * Asymmetric and multicoloured, with bays and tongues: an off-centre black blotch, a broken coarse network, a
 * blue-white veil, a scar-like pale zone with peppering, a pink zone, dots at the border and streaks along part of it.
 */
export function drawMelanoma(tissue: Tissue, random: Random): void {
  const lesion = new Lesion(tissue, { size: 0.275, irregularity: 0.42, softness: 0.12 }, random);
  const { radius } = lesion;
  const network = networkOf(lesion, radius / 11, random);
  const [patches, fine] = [
    fractalNoise(lesion, radius / 1.4, 5, random),
    fractalNoise(lesion, radius / 14, 3, random),
  ];
  const zones = zonesOf(lesion, random);
  lesion.each((at, i) => {
    const [d, inside, patch] = [lesion.distance[i] ?? 1, lesion.inside[i] ?? 0, (patches[i] ?? 0) - 0.5];
    const [blotch, veil, scar, pink] = [zones.blotch(i), zones.veil(i), zones.scar(i), zones.pink(i)];
    const open = (1 - 0.86 * veil) * (1 - 0.78 * scar) * (1 - 0.5 * pink);
    const line =
      (network[i] ?? 0) * ramp(-0.12, 0.12, patch) * (0.4 + 0.5 * ramp(0.3, 0.9, d)) * (1 - 0.6 * blotch);
    const body = 0.62 + 1.3 * patch + 1.25 * blotch + line;
    const grain = 1 + 0.9 * ((fine[i] ?? 0) - 0.5);
    tissue.melanin[at] = (tissue.melanin[at] ?? 0) + inside * Math.max(0.1, body * open) * grain;
    tissue.deep[at] =
      (tissue.deep[at] ?? 0) +
      inside * (veil * Math.max(0.6, 0.8 + 1.1 * patch) * grain + 0.4 * blotch + 0.12 * scar);
    tissue.blood[at] =
      (tissue.blood[at] ?? 0) * (1 - 0.6 * inside * veil) +
      inside * (0.16 * (1 - veil) + pink * (0.5 + patch) * grain);
    tissue.haze[at] =
      (tissue.haze[at] ?? 0) * (1 - inside) + inside * Math.min(0.7, 0.24 * veil + 0.3 * scar);
  });
  drawStreaks(lesion, random);
  drawGlobules(lesion, { count: 60, size: 0.017, between: [0.7, 1.03], melanin: 1.5, deep: 0.2 }, random);
  drawGlobules(lesion, { count: 40, size: 0.024, between: [0.2, 0.8], melanin: 1, deep: 0.25 }, random);
  drawPepper(lesion, zones.scar, random);
}

type Zone = (i: number) => number;

/** The quadrants of a melanoma differ: each zone has its own side, a ragged edge, and strength 0–1. */
function zonesOf(lesion: Lesion, random: Random): Record<'blotch' | 'veil' | 'scar' | 'pink', Zone> {
  const { radius, width } = lesion;
  const start = random() * 2 * Math.PI;
  const zone = (turn: number, reach: number, size: number): Zone => {
    const ragged = fractalNoise(lesion, radius / 2, 6, random);
    const angle = start + turn * 2 * Math.PI;
    const [x, y] = [
      width / 2 + reach * radius * Math.cos(angle),
      width / 2 + reach * radius * Math.sin(angle),
    ];
    return (i) => {
      const distance = Math.hypot((i % width) - x, Math.floor(i / width) - y) / (size * radius);
      return 1 - ramp(0.35, 1.2, distance + 1.7 * ((ragged[i] ?? 0) - 0.5));
    };
  };
  return {
    blotch: zone(0, 0.42, 0.52),
    veil: zone(0.3, 0.3, 0.46),
    scar: zone(0.58, 0.5, 0.42),
    pink: zone(0.8, 0.66, 0.44),
  };
}

/** Streaks that grow outwards across the border, on one side of the lesion. */
function drawStreaks(lesion: Lesion, random: Random): void {
  const { tissue, radius, width, distance } = lesion;
  const side = random() * 2 * Math.PI;
  for (let n = 0; n < 30; n += 1) {
    const angle = side + 0.55 * gaussian(random);
    let reach = 0.2 * radius;
    const at = (): number => {
      const [x, y] = [width / 2 + reach * Math.cos(angle), width / 2 + reach * Math.sin(angle)];
      return distance[Math.floor(y) * width + Math.floor(x)] ?? 2;
    };
    while (at() < 0.86 && reach < 1.6 * radius) reach += 1;
    const length = radius * (0.05 + 0.12 * random());
    const thick = radius * (0.01 + 0.014 * random());
    const strength = 0.5 + 0.7 * random();
    const bend = 0.25 * gaussian(random);
    for (let step = 0; step < length; step += 1) {
      const along = reach + step;
      const turned = angle + (bend * step) / radius;
      const size = thick * (1.15 - (0.6 * step) / length);
      lesion.spot(
        width / 2 + along * Math.cos(turned),
        width / 2 + along * Math.sin(turned),
        2 * size,
        (i, t) => {
          const amount = strength * (1 - ramp(0.1, 1, t)) * (1 - (0.75 * step) / length);
          tissue.melanin[i] = Math.max(tissue.melanin[i] ?? 0, 0.1 + amount);
        },
      );
    }
  }
}

/** Blue-grey granules where pigment has dropped into the dermis: a sign of regression. */
function drawPepper(lesion: Lesion, scar: Zone, random: Random): void {
  const { tissue, radius, width } = lesion;
  for (let n = 0; n < 260; n += 1) {
    const [x, y] = lesion.pointBetween(0, 0.95, random);
    const strength = scar(y * width + x) * (0.2 + 0.35 * random());
    if (strength < 0.05) continue;
    lesion.spot(x, y, radius * (0.008 + 0.008 * random()), (at, t) => {
      tissue.deep[at] = (tissue.deep[at] ?? 0) + strength * (1 - t * t);
    });
  }
}
