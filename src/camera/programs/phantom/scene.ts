import { randomOf, type Random } from '../../../lib/random.ts';
import type { Size } from './area.ts';
import type { Canvas } from './canvas.ts';
import { drawCloth } from './cloth.ts';
import { drawGel } from './gel.ts';
import { drawHairs, type Hairs } from './hair.ts';
import { drawMelanoma, drawNaevus } from './pigmented.ts';
import { drawKeratosis, drawVascular } from './raised.ts';
import { drawRuler } from './ruler.ts';
import { drawSkin } from './skin.ts';
import { illuminate, Tissue } from './tissue.ts';

type Painter = (size: Size, random: Random) => Canvas;

/** The available scenes. None shows real skin; they are for trying the kiosk, never for measuring the model. */
const PAINTERS: Readonly<Record<string, Painter>> = {
  naevus: onSkin({ lesion: drawNaevus }),
  'melanoma-like': onSkin({ lesion: drawMelanoma }),
  vascular: onSkin({ lesion: drawVascular }),
  keratosis: onSkin({ lesion: drawKeratosis }),
  ruler: onSkin({ lesion: drawNaevus, over: drawRuler }),
  hairy: onSkin({ lesion: drawNaevus, hairs: { count: 34, spread: 0.42 } }),
  blurred: onSkin({ lesion: drawNaevus, over: defocus }),
  'over-exposed': onSkin({ lesion: drawNaevus, over: overExpose }),
  'no-lesion': onSkin({}),
  'not-skin': drawCloth,
};

export const SCENES: readonly string[] = Object.keys(PAINTERS);

/** Draws a scene; deterministic for a name, size and seed. `undefined` for a name that is not in `SCENES`. */
export function drawScene(name: string, size: Size, seed: number): Canvas | undefined {
  const paint = Object.hasOwn(PAINTERS, name) ? PAINTERS[name] : undefined;
  return paint?.(size, randomOf(SCENES.length * seed + SCENES.indexOf(name)));
}

interface Layers {
  readonly lesion?: (tissue: Tissue, random: Random) => void;
  readonly hairs?: Hairs;
  readonly over?: (canvas: Canvas) => void;
}

function onSkin({ lesion, hairs = { count: 3, spread: 0.7 }, over }: Layers): Painter {
  return (size, random) => {
    const tissue = new Tissue(size);
    drawSkin(tissue, random);
    lesion?.(tissue, random);
    const canvas = illuminate(tissue);
    drawHairs(canvas, hairs, random);
    drawGel(canvas, 5, random);
    over?.(canvas);
    return canvas;
  };
}

/** Far out of focus. */
function defocus(canvas: Canvas): void {
  canvas.blur(Math.round(canvas.height / 55));
}

/** Overexposed by one and two thirds of a stop, clipped by the sensor. */
function overExpose(canvas: Canvas): void {
  for (let i = 0; i < canvas.data.length; i += 1) canvas.data[i] = (canvas.data[i] ?? 0) * 1.7 + 40;
}
