import type { Image } from '../../../vision/image.ts';
import type { Size } from './area.ts';
import { Lens, sceneSize } from './lens.ts';
import { drawScene } from './scene.ts';

/** One frame of a scene, `seconds` after the start; deterministic. `undefined` for an unknown scene. */
export function renderFrame(name: string, size: Size, seed: number, seconds = 0): Image | undefined {
  const scene = drawScene(name, sceneSize(size), seed);
  if (scene === undefined) return undefined;
  const lens = new Lens(size, seed);
  lens.turnTo(scene);
  return lens.expose(seconds);
}
