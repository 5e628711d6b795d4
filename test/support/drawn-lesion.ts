import { randomOf } from '../../src/lib/random.ts';
import type { ComparedImage } from '../../src/vision/change.ts';
import type { Image } from '../../src/vision/image.ts';
import { inverse, transformPoint, type Similarity } from '../../src/vision/similarity.ts';

const IMAGE_SIDE = 144;
const MASK_SIDE = 56;

export interface Drawn {
  readonly seed?: number;
  /** Scale of the border; the marks do not move. */
  readonly growth?: number;
  /** How much longer than wide the border is, as a fraction of the side; the marks do not move. */
  readonly length?: number;
  /** Contrast of the marks, in grey levels. */
  readonly marks?: number;
  /** Sharpness of the mask's border: at 120 it is a few per cent of the lesion's radius wide. */
  readonly sharpness?: number;
}

/** A drawn lesion: its brightness at each point, and its border. */
export class DrawnLesion {
  readonly #waves: readonly (readonly [number, number, number])[];
  readonly #growth: number;
  readonly #length: number;
  readonly #marks: number;
  readonly #sharpness: number;

  constructor({ seed = 1, growth = 1, length = 0.03, marks = 5, sharpness = 120 }: Drawn = {}) {
    const random = randomOf(seed);
    this.#waves = Array.from({ length: 24 }, () => [
      140 * (random() - 0.5),
      140 * (random() - 0.5),
      6.3 * random(),
    ]);
    this.#growth = growth;
    this.#length = length;
    this.#marks = marks;
    this.#sharpness = sharpness;
  }

  luma(x: number, y: number): number {
    const marks = this.#waves.reduce((sum, [p, q, phase]) => sum + Math.sin(p * x + q * y + phase), 0);
    return 190 - 80 / (1 + Math.exp(-60 * this.#depth(x, y))) + this.#marks * marks;
  }

  probability(x: number, y: number): number {
    return 1 / (1 + Math.exp(-this.#sharpness * this.#depth(x, y)));
  }

  /** Positive inside. */
  #depth(x: number, y: number): number {
    const [u, v] = [x - 0.5, y - 0.5];
    const angle = Math.atan2(v, u);
    return (
      this.#growth * (0.2 + this.#length * Math.sin(2 * angle) + 0.02 * Math.cos(3 * angle)) -
      Math.hypot(u, v)
    );
  }
}

/** The lesion as seen by a camera at another rotation, position and distance, with its own noise and light. */
export function shown(
  lesion: DrawnLesion,
  to: Similarity,
  light = (value: number): number => value,
): ComparedImage {
  const back = inverse(to);
  const noise = randomOf(99);
  const pointsOf = (side: number) =>
    Array.from({ length: side * side }, (_, i) =>
      transformPoint(back, [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side]),
    );
  const data = Uint8Array.from(
    pointsOf(IMAGE_SIDE).flatMap((point) => {
      const value = Math.min(255, Math.max(0, light(lesion.luma(...point)) + 4 * (noise() - 0.5)));
      return [value, value, value];
    }),
  );
  const mask = Float32Array.from(pointsOf(MASK_SIDE), (point) => lesion.probability(...point));
  const image: Image = { width: IMAGE_SIDE, height: IMAGE_SIDE, data };
  return { image, mask, side: MASK_SIDE };
}
