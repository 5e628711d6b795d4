import { around, type Size } from '../../camera/programs/phantom/area.ts';
import type { Canvas } from '../../camera/programs/phantom/canvas.ts';
import { type Colour } from '../../camera/programs/phantom/canvas.ts';
import { drawHairs } from '../../camera/programs/phantom/hair.ts';
import { drawScene } from '../../camera/programs/phantom/scene.ts';
import { randomOf } from '../../lib/random.ts';

const SEED = 1;

const WHITE: Colour = [255, 254, 252];

/** Draws a scene: a fault that the phantom has no scene for, or one of the phantom's. `undefined` for an unknown one. */
export function drawPracticeScene(name: string, size: Size): Canvas | undefined {
  switch (name) {
    case 'hair':
      return drawOver(size, (canvas) => {
        drawHairs(canvas, { count: 150, spread: 0.5 }, randomOf(SEED));
      });
    case 'no-gel':
      return drawOver(size, drawReflections);
    default:
      return drawScene(name, size, SEED);
  }
}

function drawOver(size: Size, draw: (canvas: Canvas) => void): Canvas | undefined {
  const canvas = drawScene('naevus', size, SEED);
  if (canvas !== undefined) draw(canvas);
  return canvas;
}

/** Without gel the surface of the lesion reflects the light: white spots. More of them would be too bright as a whole. */
function drawReflections(canvas: Canvas): void {
  const random = randomOf(SEED);
  const { width, height } = canvas;
  for (let n = 0; n < 15; n += 1) {
    const [angle, away] = [2 * Math.PI * random(), 0.2 * height * Math.sqrt(random())];
    const radius = height * (0.006 + 0.02 * random() ** 2);
    const [x, y] = [width / 2 + away * Math.cos(angle), height / 2 + away * Math.sin(angle)];
    around(canvas, x, y, radius, (i, distance) => {
      canvas.blend(i, WHITE, Math.min(1, 2.5 * (1 - distance / radius)));
    });
  }
}
