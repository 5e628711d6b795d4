import type { Random } from '../../../lib/random.ts';
import { around } from './area.ts';
import type { Canvas, Colour } from './canvas.ts';
import { ramp } from './noise.ts';

const WHITE: Colour = [255, 253, 250];

/** Direction of the light, radians. */
const LIGHT = -2.2;

/** Immersion gel: a few air bubbles, mostly off centre, and glints where the gel film is uneven. */
export function drawGel(canvas: Canvas, bubbles: number, random: Random): void {
  const { width, height } = canvas;
  for (let n = 0; n < bubbles; n += 1) {
    const [angle, reach] = [random() * 2 * Math.PI, 0.55 + 0.4 * random()];
    const x = width / 2 + (width / 2) * reach * Math.cos(angle);
    const y = height / 2 + (height / 2) * reach * Math.sin(angle);
    const radius = height * (0.005 + 0.021 * random() ** 2);
    drawBubble(canvas, x, y, radius);
    for (let small = Math.floor(4 * random()); small > 0; small -= 1) {
      const turn = random() * 2 * Math.PI;
      const away = radius * (1.3 + 1.6 * random());
      drawBubble(
        canvas,
        x + away * Math.cos(turn),
        y + away * Math.sin(turn),
        radius * (0.12 + 0.25 * random()),
      );
    }
  }
}

/**
 * An air bubble: a dark rim, a bright crescent on the side away from the light, and a specular reflection towards it.
 */
function drawBubble(canvas: Canvas, x: number, y: number, radius: number): void {
  const { width } = canvas;
  around(canvas, x, y, radius + 1, (i, distance) => {
    const t = distance / radius;
    const angle = Math.atan2(Math.floor(i / width) - y, (i % width) - x);
    const facing = Math.cos(angle - LIGHT);
    const rim = ramp(0.74, 0.93, t) * (1 - ramp(1, 1 + 1 / radius, t));
    const crescent = ramp(0.5, 0.8, t) * (1 - ramp(0.82, 0.95, t)) * ramp(0.1, 1, -facing);
    canvas.scale(i, 1 - (0.2 + 0.1 * facing) * rim);
    canvas.blend(i, WHITE, 0.05 * (1 - ramp(0.7, 0.95, t)) + 0.4 * crescent);
  });
  const [lampX, lampY] = [x + 0.5 * radius * Math.cos(LIGHT), y + 0.5 * radius * Math.sin(LIGHT)];
  const lamp = Math.max(0.8, 0.17 * radius);
  around(canvas, lampX, lampY, 2 * lamp, (i, distance) => {
    canvas.blend(i, WHITE, 0.9 * (1 - ramp(0.5 * lamp, 1.6 * lamp, distance)));
  });
}
