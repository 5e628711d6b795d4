import { parentPort } from 'node:worker_threads';
import { drawScene } from './scene.ts';
import type { Drawing } from './scene-turns.ts';

/** Draws scenes in a thread of its own: each takes as long as dozens of frames, which must not wait for it. */
parentPort?.on('message', ({ name, size, seed }: Drawing) => {
  const scene = drawScene(name, size, seed);
  const pixels = new Uint8ClampedArray(scene?.data ?? []);
  parentPort?.postMessage(pixels, [pixels.buffer]);
});
