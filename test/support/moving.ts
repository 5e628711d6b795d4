import { drawScene, SCENES } from '../../src/camera/programs/phantom/scene.ts';
import type { Canvas } from '../../src/camera/programs/phantom/canvas.ts';
import type { Image } from '../../src/vision/image.ts';
import { encode } from '../../src/vision/jpeg.ts';

const [WIDTH, HEIGHT] = [400, 300];

/**
 * JPEGs of a phantom scene that moves sideways with the shutter always open: each frame is the mean of what passed it, and the next
 * starts where it ended.
 *
 * @param by motion within one frame, pixels of the frame's height of 300; 0 gives a sharp burst without motion
 */
export function movingBurst(frames: number, by: number, scene = 'naevus', seed = 1): Promise<Uint8Array[]> {
  const canvas = drawScene(scene, { width: WIDTH + frames * by, height: HEIGHT }, seed);
  if (canvas === undefined) throw new Error(`no scene ${scene}: there are ${SCENES.join(', ')}`);
  return Promise.all(
    Array.from({ length: frames }, (_, i) => encode(exposed(canvas, i * by, Math.max(1, by)), 92)),
  );
}

function exposed(canvas: Canvas, from: number, length: number): Image {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < data.length; i += 1) {
    const at = (Math.floor(i / (WIDTH * 3)) * canvas.width + from) * 3 + (i % (WIDTH * 3));
    let sum = 0;
    for (let k = 0; k < length; k += 1) sum += canvas.data[at + 3 * k] ?? 0;
    data[i] = Math.round(sum / length);
  }
  return { width: WIDTH, height: HEIGHT, data };
}
