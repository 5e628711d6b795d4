import type { Canvas, Colour } from './canvas.ts';
import { clamp, ramp } from './noise.ts';

const INK: Colour = [34, 34, 38];
const PLASTIC: Colour = [243, 243, 238];

/** Segments of a seven-segment digit: top, upper left, upper right, middle, lower left, lower right, bottom. */
const DIGITS = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];

/** A translucent ruler with millimetre ticks, slightly tilted, over the lower edge. */
export function drawRuler(canvas: Canvas): void {
  const { width, height } = canvas;
  const tilt = -0.035;
  const millimetre = height / 22;
  const line = height / 900;
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [(i % width) - 0.06 * width, Math.floor(i / width) - 0.845 * height];
    const [along, down] = [x * Math.cos(tilt) + y * Math.sin(tilt), y * Math.cos(tilt) - x * Math.sin(tilt)];
    if (down < -0.014 * height) continue;
    canvas.scale(i, 1 - 0.2 * ramp(-0.014 * height, 0, down) * (1 - ramp(0, 1.5, down)));
    canvas.blend(i, PLASTIC, 0.8 * ramp(0, 2, down));
    canvas.blend(i, INK, 0.86 * inkAt(along / millimetre, down / millimetre, line / millimetre));
  }
}

/** Ink at a point of the ruler, 0–1; all lengths in millimetres. */
function inkAt(along: number, down: number, line: number): number {
  const tick = Math.round(along);
  const length = tick % 10 === 0 ? 1.9 : tick % 5 === 0 ? 1.45 : 0.95;
  const mark = down > 0.12 && down < length ? stroke(Math.abs(along - tick), line) : 0;
  const centimetre = Math.round(along / 10);
  return Math.max(mark, digitInk(centimetre, along - centimetre * 10 - 0.75, down - 1.25, line));
}

function digitInk(digit: number, x: number, y: number, line: number): number {
  const [w, h] = [0.5, 0.44];
  const segments = DIGITS[digit];
  if (segments === undefined || x < -0.5 || x > 1 || y < -0.5 || y > 1.4) return 0;
  const ends = [
    [0, 0, w, 0],
    [0, 0, 0, h],
    [w, 0, w, h],
    [0, h, w, h],
    [0, h, 0, 2 * h],
    [w, h, w, 2 * h],
    [0, 2 * h, w, 2 * h],
  ];
  return ends.reduce((ink, [x1 = 0, y1 = 0, x2 = 0, y2 = 0], k) => {
    if (segments[k] !== '1') return ink;
    const distance = Math.hypot(x - clamp(x, x1, x2), y - clamp(y, y1, y2));
    return Math.max(ink, stroke(distance, line));
  }, 0);
}

/** A line with soft edges. */
function stroke(distance: number, line: number): number {
  return 1 - ramp(line, 2.6 * line, distance);
}
