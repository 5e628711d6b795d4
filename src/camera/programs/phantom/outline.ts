import type { Random } from '../../../lib/random.ts';
import { around, type Size } from './area.ts';
import { fractalNoise, ramp, warpOf, type Field } from './noise.ts';
import type { Tissue } from './tissue.ts';

export interface Outline {
  /** Mean radius as a fraction of the image height. */
  readonly size: number;
  /** 0 for a near-ellipse, 1 for a very irregular outline. */
  readonly irregularity: number;
  /** Width of the border as a fraction of the radius: small is sharp. */
  readonly softness: number;
}

/**
 * The position of a lesion: a square area of the tissue with, for each pixel, its relative distance from the centre and
 * its lesion fraction.
 */
export class Lesion implements Size {
  readonly tissue: Tissue;
  readonly radius: number;
  readonly width: number;
  readonly height: number;
  /** The area's first pixel within the tissue. */
  readonly left: number;
  readonly top: number;
  /** 0 at the centre, 1 on the outline. */
  readonly distance: Field;
  /** 1 lesion, 0 skin. */
  readonly inside: Field;

  constructor(tissue: Tissue, { size, irregularity, softness }: Outline, random: Random) {
    this.tissue = tissue;
    this.radius = size * tissue.height;
    const half = Math.ceil(this.radius * 1.75);
    this.width = 2 * half;
    this.height = 2 * half;
    this.left = Math.round(tissue.width * (0.5 + 0.03 * (random() - 0.5))) - half;
    this.top = Math.round(tissue.height * (0.5 + 0.03 * (random() - 0.5))) - half;
    this.distance = distanceOf(this, irregularity, random);
    this.inside = this.distance.map((d) => 1 - ramp(1 - softness, 1 + softness, d));
  }

  /** Calls for each pixel that may be lesion, with its index in the tissue and in this area's own fields. */
  each(visit: (at: number, i: number) => void): void {
    const { width, tissue } = this;
    for (let i = 0; i < this.inside.length; i += 1) {
      const [x, y] = [this.left + (i % width), this.top + Math.floor(i / width)];
      if ((this.inside[i] ?? 0) > 0 && x >= 0 && y >= 0 && x < tissue.width && y < tissue.height) {
        visit(y * tissue.width + x, i);
      }
    }
  }

  /**
   * Calls around a point in this area's pixels, with the index in the tissue and the distance as a fraction of
   * `radius`.
   */
  spot(x: number, y: number, radius: number, visit: (at: number, t: number) => void): void {
    around(this.tissue, this.left + x, this.top + y, radius, (at, distance) => {
      visit(at, distance / radius);
    });
  }

  /** The value of a tissue field at a point in this area's pixels. */
  at(field: Field, x: number, y: number): number {
    return field[(this.top + Math.floor(y)) * this.tissue.width + this.left + Math.floor(x)] ?? 0;
  }

  /** A random point of the lesion, in this area's pixels, whose distance lies between the two limits. */
  pointBetween(inner: number, outer: number, random: Random): readonly [x: number, y: number] {
    for (let tries = 0; tries < 500; tries += 1) {
      const [x, y] = [Math.floor(random() * this.width), Math.floor(random() * this.height)];
      const distance = this.distance[y * this.width + x] ?? 2;
      if (distance >= inner && distance <= outer) return [x, y];
    }
    return [this.width / 2, this.height / 2];
  }
}

/** A tilted ellipse with a few low harmonics, on a warped plane: the warping creates the bays and tongues. */
function distanceOf(area: Size & { readonly radius: number }, irregularity: number, random: Random): Field {
  const { width, radius } = area;
  const warp = warpOf(area, radius * 0.75, radius * (0.12 + 0.75 * irregularity), random);
  const fray = fractalNoise(area, radius / 5, 4, random);
  const tilt = random() * Math.PI;
  const flat = 1.06 + 0.22 * random();
  const harmonics = [2, 3, 5].map((k) => ({
    k,
    strength: ((0.05 + 0.2 * irregularity) * (0.5 + random())) / k,
    phase: random() * 2 * Math.PI,
  }));
  return fray.map((ragged, i) => {
    const x = (i % width) - width / 2 + (warp.x[i] ?? 0);
    const y = Math.floor(i / width) - width / 2 + (warp.y[i] ?? 0);
    const along = (x * Math.cos(tilt) + y * Math.sin(tilt)) / flat;
    const across = (y * Math.cos(tilt) - x * Math.sin(tilt)) * flat;
    const angle = Math.atan2(across, along);
    let reach = 1;
    for (const { k, strength, phase } of harmonics) reach += strength * Math.cos(k * angle + phase);
    return Math.hypot(along, across) / (radius * reach) + (0.1 + 0.35 * irregularity) * (ragged - 0.5);
  });
}
