import type { Size } from './area.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** The image being drawn: floating-point RGB, 0–255, row by row; clamped at the end. */
export class Canvas implements Size {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;

  constructor({ width, height }: Size) {
    this.width = width;
    this.height = height;
    this.data = new Float32Array(width * height * 3);
  }

  /** Sets pixel `i` (its index, not its offset). */
  set(i: number, [red, green, blue]: Colour): void {
    this.data[i * 3] = red;
    this.data[i * 3 + 1] = green;
    this.data[i * 3 + 2] = blue;
  }

  /** Blends a colour over pixel `i`; `cover` 0 leaves it, 1 replaces it. */
  blend(i: number, colour: Colour, cover: number): void {
    for (let c = 0; c < 3; c += 1) {
      const old = this.data[i * 3 + c] ?? 0;
      this.data[i * 3 + c] = old + ((colour[c] ?? 0) - old) * cover;
    }
  }

  /** Multiplies pixel `i`. */
  scale(i: number, factor: number): void {
    for (let c = 0; c < 3; c += 1) this.data[i * 3 + c] = (this.data[i * 3 + c] ?? 0) * factor;
  }

  /** Three box blurs in each direction, approximating a Gaussian of standard deviation `reach`. */
  blur(reach: number): void {
    for (let pass = 0; pass < 3; pass += 1) {
      for (let y = 0; y < this.height; y += 1) this.#blurLine(y * this.width, 1, this.width, reach);
      for (let x = 0; x < this.width; x += 1) this.#blurLine(x, this.width, this.height, reach);
    }
  }

  #blurLine(first: number, stride: number, count: number, reach: number): void {
    const line = new Float32Array(count);
    for (let c = 0; c < 3; c += 1) {
      const at = (k: number): number => (first + Math.min(count - 1, Math.max(0, k)) * stride) * 3 + c;
      for (let k = 0; k < count; k += 1) line[k] = this.data[at(k)] ?? 0;
      let sum = 0;
      for (let k = -reach; k <= reach; k += 1) sum += line[Math.min(count - 1, Math.max(0, k))] ?? 0;
      for (let k = 0; k < count; k += 1) {
        this.data[at(k)] = sum / (2 * reach + 1);
        sum += (line[Math.min(count - 1, k + reach + 1)] ?? 0) - (line[Math.max(0, k - reach)] ?? 0);
      }
    }
  }
}
