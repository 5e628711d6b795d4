import type { Size } from './area.ts';
import { Canvas } from './canvas.ts';
import type { Field } from './noise.ts';

/**
 * An optical model of skin: the amount of each absorbing or scattering substance per pixel. Lesions are painted as
 * substances, not as colours, so that the dermoscopic colours follow: melanin is brown if shallow, black if dense, and
 * blue-grey if deep; blood is red, keratin yellow.
 */
export class Tissue implements Size {
  readonly width: number;
  readonly height: number;
  /** Shallow melanin; 1 is a medium brown. */
  readonly melanin: Field;
  /** Dermal melanin; 1 is a dark slate. */
  readonly deep: Field;
  /** Blood; 1 is a strong pink, 3 a deep red. */
  readonly blood: Field;
  /** Keratin; 1 is a strong yellow. */
  readonly keratin: Field;
  /** Milky scattering above everything, 0–1: scars, the veil, cysts. */
  readonly haze: Field;

  constructor({ width, height }: Size) {
    this.width = width;
    this.height = height;
    const field = (): Field => new Float32Array(width * height);
    this.melanin = field();
    this.deep = field();
    this.blood = field();
    this.keratin = field();
    this.haze = field();
  }
}

/** Skin without any pigment, 8-bit red, green, blue. */
const BARE = [247, 222, 211] as const;
const HAZE = [231, 217, 214] as const;

/** Absorption of each substance in red, green and blue (Lambert–Beer; tuned by eye to display values, not spectra). */
const ABSORPTION = {
  melanin: [0.52, 0.88, 1.14],
  deep: [1.12, 0.86, 0.58],
  blood: [0.16, 0.84, 0.66],
  keratin: [0.08, 0.22, 0.66],
} as const;

/** Renders it as a polarised dermatoscope would see it. */
export function illuminate(tissue: Tissue): Canvas {
  const canvas = new Canvas(tissue);
  for (let i = 0; i < tissue.melanin.length; i += 1) {
    const melanin = tissue.melanin[i] ?? 0;
    const deep = tissue.deep[i] ?? 0;
    const blood = tissue.blood[i] ?? 0;
    const keratin = tissue.keratin[i] ?? 0;
    const haze = tissue.haze[i] ?? 0;
    for (let c = 0; c < 3; c += 1) {
      const density =
        melanin * (ABSORPTION.melanin[c] ?? 0) +
        deep * (ABSORPTION.deep[c] ?? 0) +
        blood * (ABSORPTION.blood[c] ?? 0) +
        keratin * (ABSORPTION.keratin[c] ?? 0);
      const light = (BARE[c] ?? 0) * Math.exp(-density);
      canvas.data[i * 3 + c] = light + ((HAZE[c] ?? 0) - light) * haze;
    }
  }
  return canvas;
}
