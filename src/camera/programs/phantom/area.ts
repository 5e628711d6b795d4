export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Calls for each pixel closer to a point than `radius`, with its index and distance. */
export function around(
  { width, height }: Size,
  x: number,
  y: number,
  radius: number,
  visit: (i: number, distance: number) => void,
): void {
  const right = Math.min(width - 1, Math.ceil(x + radius));
  const bottom = Math.min(height - 1, Math.ceil(y + radius));
  for (let py = Math.max(0, Math.floor(y - radius)); py <= bottom; py += 1) {
    for (let px = Math.max(0, Math.floor(x - radius)); px <= right; px += 1) {
      const distance = Math.hypot(px - x, py - y);
      if (distance <= radius) visit(py * width + px, distance);
    }
  }
}
