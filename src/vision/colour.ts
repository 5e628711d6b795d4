import type { Colour } from '../protocol/diagnostics.ts';
import { reduceByArea } from './geometry.ts';
import type { Image } from './image.ts';

/** Large enough to keep the edge of the field, small enough to be negligible, pixels. */
const SIDE = 32;

/** Mean of each channel over the centre square, 0–1 on the image's own (sRGB) scale. */
export function meanColour(image: Image): Colour {
  const { data } = reduceByArea(image, SIDE);
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i + 2 < data.length; i += 3) {
    sums[0] += data[i] ?? 0;
    sums[1] += data[i + 1] ?? 0;
    sums[2] += data[i + 2] ?? 0;
  }
  const [r, g, b] = sums.map((sum) => sum / (data.length / 3) / 255) as [number, number, number];
  return { r, g, b };
}
