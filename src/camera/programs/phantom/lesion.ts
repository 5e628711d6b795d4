import { Canvas, type Colour } from './canvas.ts';
import { cellNoise, fractalNoise, mix, ramp, type Field, type Random } from './noise.ts';

/** Where a lesion is: for each pixel its distance from the centre as a share of the outline's (1 on it), and how much of it is lesion. */
export interface Shape {
  readonly distance: Field;
  readonly cover: Field;
  readonly radius: number;
  readonly x: number;
  readonly y: number;
}

export interface Outline {
  /** Mean radius as a share of the frame's height. */
  readonly size: number;
  /** 0 a near-ellipse, 1 a map of bays and tongues. */
  readonly irregularity: number;
  /** Width of the border as a share of the radius: small is sharp. */
  readonly softness: number;
}

/** An outline out of harmonics with a frayed edge: what is regular in a naevus is not in a melanoma. */
export function shapeOf(canvas: Canvas, outline: Outline, random: Random): Shape {
  const { width, height } = canvas;
  const radius = outline.size * height;
  const [x, y] = [width * (0.5 + 0.03 * (random() - 0.5)), height * (0.5 + 0.03 * (random() - 0.5))];
  const harmonics = [2, 3, 4, 5, 7].map((k) => ({
    k,
    strength: ((k === 2 ? 0.1 : 0.05) + (0.32 * outline.irregularity) / k) * (0.4 + 0.6 * random()),
    phase: random() * 2 * Math.PI,
  }));
  const fray = fractalNoise(canvas, radius / 3, 4, random);
  const distance = new Float32Array(width * height);
  const cover = new Float32Array(width * height);
  for (let i = 0; i < distance.length; i += 1) {
    const [dx, dy] = [(i % width) - x, Math.floor(i / width) - y];
    const angle = Math.atan2(dy, dx);
    const reach = harmonics.reduce(
      (sum, { k, strength, phase }) => sum + strength * Math.cos(k * angle + phase),
      1,
    );
    const d =
      Math.hypot(dx, dy) / (radius * reach) + ((fray[i] ?? 0) - 0.5) * (0.25 + 0.5 * outline.irregularity);
    distance[i] = d;
    cover[i] = 1 - ramp(1 - outline.softness, 1 + outline.softness, d);
  }
  return { distance, cover, radius, x, y };
}

/** Brown, with a pigment network that thins out towards the border. */
export function drawNaevus(canvas: Canvas, random: Random): void {
  const shape = shapeOf(canvas, { size: 0.23, irregularity: 0.12, softness: 0.2 }, random);
  const network = cellNoise(canvas, shape.radius / 11, random);
  const patches = fractalNoise(canvas, shape.radius / 2, 4, random);
  paint(canvas, shape, (i, d) => {
    const tone = mix(ramp(0.1, 1.05, d), patches[i] ?? 0, 0.45);
    const line = (1 - ramp(0.03, 0.28, network.border[i] ?? 1)) * (0.25 + 0.75 * (1 - ramp(0.35, 1, d)));
    return darken(between([112, 68, 46], [176, 122, 92], tone), 1 - 0.33 * line);
  });
  globules(canvas, shape, { count: 26, colour: [88, 52, 38], size: 0.022 }, random);
}

/** Asymmetric, many-coloured, with a broken network, a blue-white veil, pale regression and peripheral dots. */
export function drawMelanoma(canvas: Canvas, random: Random): void {
  const shape = shapeOf(canvas, { size: 0.27, irregularity: 0.75, softness: 0.1 }, random);
  const network = cellNoise(canvas, shape.radius / 8, random);
  const [blotch, veil, pale, red] = [2.2, 1.6, 2.4, 2].map((part) =>
    fractalNoise(canvas, shape.radius / part, 4, random),
  ) as [Field, Field, Field, Field];
  paint(canvas, shape, (i, d) => {
    const broken = (1 - ramp(0.02, 0.24, network.border[i] ?? 1)) * ramp(0.35, 0.6, blotch[i] ?? 0);
    let colour = between([58, 36, 30], [150, 98, 72], mix(blotch[i] ?? 0, d, 0.35));
    colour = between(colour, [168, 84, 82], 0.6 * ramp(0.58, 0.72, red[i] ?? 0));
    colour = between(colour, [196, 168, 158], 0.75 * ramp(0.62, 0.74, pale[i] ?? 0));
    colour = between(
      colour,
      [104, 112, 138],
      0.8 * ramp(0.52, 0.66, veil[i] ?? 0) * (1 - ramp(0.5, 0.85, d)),
    );
    return darken(colour, 1 - 0.3 * broken);
  });
  globules(canvas, shape, { count: 60, colour: [38, 26, 26], size: 0.026 }, random);
}

/** Red and purple lacunae between pale septa. */
export function drawVascular(canvas: Canvas, random: Random): void {
  const shape = shapeOf(canvas, { size: 0.2, irregularity: 0.2, softness: 0.07 }, random);
  const lacunae = cellNoise(canvas, shape.radius / 2.6, random);
  const depth = fractalNoise(canvas, shape.radius / 3, 4, random);
  paint(canvas, shape, (i) => {
    const fill = 0.9 * ramp(-0.1, 0.55, (lacunae.border[i] ?? 0) + 0.4 * ((depth[i] ?? 0) - 0.5));
    const blood = between([150, 26, 40], [84, 22, 58], mix(lacunae.value[i] ?? 0, depth[i] ?? 0, 0.4));
    return between([206, 132, 130], blood, fill);
  });
}

/** Waxy brown-yellow with a sharp border, pale milia-like cysts and dark comedo-like openings. */
export function drawKeratosis(canvas: Canvas, random: Random): void {
  const shape = shapeOf(canvas, { size: 0.27, irregularity: 0.3, softness: 0.035 }, random);
  const gyri = cellNoise(canvas, shape.radius / 6.5, random);
  const tone = fractalNoise(canvas, shape.radius / 2, 5, random);
  paint(canvas, shape, (i) => {
    const fissure = (1 - ramp(0, 0.3, gyri.border[i] ?? 1)) * (tone[i] ?? 0);
    return darken(between([138, 98, 58], [196, 156, 106], tone[i] ?? 0), 1 - 0.24 * fissure);
  });
  globules(canvas, shape, { count: 22, colour: [238, 220, 184], size: 0.03 }, random);
  globules(canvas, shape, { count: 14, colour: [70, 44, 28], size: 0.036 }, random);
}

function paint(
  canvas: Canvas,
  { distance, cover }: Shape,
  colourAt: (i: number, distance: number) => Colour,
): void {
  for (let i = 0; i < cover.length; i += 1) {
    const share = cover[i] ?? 0;
    if (share > 0) canvas.blend(i, colourAt(i, distance[i] ?? 1), share);
  }
}

interface Globules {
  readonly count: number;
  readonly colour: Colour;
  /** Mean radius as a share of the lesion's. */
  readonly size: number;
}

function globules(
  canvas: Canvas,
  { x, y, radius, cover }: Shape,
  { count, colour, size }: Globules,
  random: Random,
): void {
  for (let n = 0; n < count; n += 1) {
    const angle = random() * 2 * Math.PI;
    const reach = radius * Math.sqrt(random());
    const [px, py] = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    const inside = cover[Math.round(py) * canvas.width + Math.round(px)] ?? 0;
    canvas.spot(px, py, radius * size * (0.6 + 0.8 * random()), colour, 0.75 * inside);
  }
}

function between(a: Colour, b: Colour, share: number): Colour {
  return [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)];
}

function darken([red, green, blue]: Colour, factor: number): Colour {
  return [red * factor, green * factor, blue * factor];
}
