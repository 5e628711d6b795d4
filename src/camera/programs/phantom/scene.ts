import { Canvas } from './canvas.ts';
import { drawKeratosis, drawMelanoma, drawNaevus, drawVascular } from './lesion.ts';
import { cellNoise, fractalNoise, ramp, randomOf, type Random, type Size } from './noise.ts';

type Painter = (canvas: Canvas, random: Random) => void;

/** What can be asked for. Not one of them is anybody's skin; they are for trying the kiosk, never for measuring the model. */
const PAINTERS: Readonly<Record<string, Painter>> = {
  naevus: onSkin(drawNaevus),
  'melanoma-like': onSkin(drawMelanoma),
  vascular: onSkin(drawVascular),
  keratosis: onSkin(drawKeratosis),
  ruler: onSkin(drawNaevus, drawRuler),
  hairy: onSkin(drawNaevus, (canvas, random) => {
    drawHairs(canvas, 46, random);
  }),
  blurred: onSkin(drawNaevus, (canvas) => {
    canvas.blur(Math.round(canvas.height / 55));
  }),
  'over-exposed': onSkin(drawNaevus, (canvas) => {
    for (let i = 0; i < canvas.data.length; i += 1) canvas.data[i] = (canvas.data[i] ?? 0) * 1.7 + 60;
  }),
  'no-lesion': onSkin(),
  'not-skin': drawCloth,
};

export const SCENES: readonly string[] = Object.keys(PAINTERS);

/** Draws a scene; the same name, size and seed give the same picture. `undefined` for a name that is not one of `SCENES`. */
export function drawScene(name: string, size: Size, seed: number): Canvas | undefined {
  const paint = Object.hasOwn(PAINTERS, name) ? PAINTERS[name] : undefined;
  if (paint === undefined) return undefined;
  const canvas = new Canvas(size);
  paint(canvas, randomOf(seed));
  return canvas;
}

function onSkin(...layers: readonly Painter[]): Painter {
  return (canvas, random) => {
    drawSkin(canvas, random);
    layers[0]?.(canvas, random);
    drawHairs(canvas, 3, random);
    drawBubbles(canvas, 5, random);
    for (const layer of layers.slice(1)) layer(canvas, random);
  };
}

/** Pink-beige with broad blotches, fine furrows and pores. */
function drawSkin(canvas: Canvas, random: Random): void {
  const blotches = fractalNoise(canvas, canvas.height / 3, 4, random);
  const grain = fractalNoise(canvas, canvas.height / 90, 3, random);
  const furrows = cellNoise(canvas, canvas.height / 26, random);
  for (let i = 0; i < canvas.width * canvas.height; i += 1) {
    const blotch = (blotches[i] ?? 0) - 0.5;
    const light = 1 + 0.06 * ((grain[i] ?? 0) - 0.5) - 0.035 * (1 - ramp(0, 0.14, furrows.border[i] ?? 1));
    canvas.set(i, [(226 - 14 * blotch) * light, (176 - 34 * blotch) * light, (154 - 34 * blotch) * light]);
  }
}

/** Curved dark hairs, thinner towards the tip. */
function drawHairs(canvas: Canvas, count: number, random: Random): void {
  const { width, height } = canvas;
  for (let n = 0; n < count; n += 1) {
    let [x, y] = [random() * width, random() * height];
    let angle = random() * 2 * Math.PI;
    const bend = (random() - 0.5) * 0.012;
    const length = height * (0.3 + 0.5 * random());
    const thickness = (height / 720) * (1 + random());
    for (let step = 0; step < length; step += 1) {
      canvas.spot(x, y, thickness * (1 - (0.6 * step) / length), [54, 38, 32], 0.55);
      x += Math.cos(angle);
      y += Math.sin(angle);
      angle += bend;
    }
  }
}

/** Gel bubbles: a bright rim, a clear middle, a highlight. */
function drawBubbles(canvas: Canvas, count: number, random: Random): void {
  const { width, height } = canvas;
  for (let n = 0; n < count; n += 1) {
    const radius = height * (0.008 + 0.018 * random());
    const [x, y] = [random() * width, random() * height];
    for (let turn = 0; turn < 2 * Math.PI; turn += 1 / radius) {
      const bright = 0.12 + 0.2 * Math.max(0, Math.cos(turn + 2));
      canvas.spot(x + radius * Math.cos(turn), y + radius * Math.sin(turn), 1.1, [255, 246, 240], bright);
    }
    canvas.spot(x - radius * 0.4, y - radius * 0.45, radius * 0.16, [255, 255, 255], 0.85);
  }
}

/** A white strip with millimetre ticks at the lower edge. */
function drawRuler(canvas: Canvas): void {
  const { width, height } = canvas;
  const top = Math.round(height * 0.8);
  const millimetre = height / 24;
  for (let y = top; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) canvas.blend(y * width + x, [232, 232, 226], 0.92);
  }
  for (let tick = 0; tick * millimetre < width; tick += 1) {
    const length = height * (tick % 10 === 0 ? 0.075 : tick % 5 === 0 ? 0.055 : 0.035);
    for (let y = top; y < top + length; y += 1)
      canvas.spot(tick * millimetre, y, height / 700, [30, 30, 34], 0.8);
  }
}

/** A woven blue cloth: sharp, well lit, and no skin. */
function drawCloth(canvas: Canvas, random: Random): void {
  const folds = fractalNoise(canvas, canvas.height / 2, 3, random);
  const thread = canvas.height / 60;
  for (let i = 0; i < canvas.width * canvas.height; i += 1) {
    const [x, y] = [(i % canvas.width) / thread, Math.floor(i / canvas.width) / thread];
    const over = (Math.floor(x) + Math.floor(y)) % 2 === 0;
    const weave = Math.sin(Math.PI * ((over ? x : y) % 1));
    const light = (0.45 + 0.55 * weave) * (0.7 + 0.6 * (folds[i] ?? 0));
    canvas.set(i, [56 * light, 104 * light, 168 * light]);
  }
}
