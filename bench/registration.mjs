// How well the kiosk registers two captures of one lesion, and which changes it reports, on real skin (HAM10000).
// Usage: npm run build && nice node bench/registration.mjs [N] [FOLDS] [SEED] > ROWS.json   → tables in Markdown on standard error
//   N images (100) of the folds (4: no model was trained on it; limits were chosen on 0123)
//   moved:     an image and a copy of it, rotated, scaled, shifted, with other light and noise: the transform is known
//   grown:     the same, after only the lesion's border was pushed outwards: the centre and the surroundings are unchanged
//   same:      two HAM10000 images of one lesion: nothing else is known
//   different: two images of different lesions; three of five of the same class
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleDirOf } from '../dist/app/factories.js';
import { load } from '../dist/classifier/process/load.js';
import { classify } from '../dist/classifier/process/pipeline.js';
import { averaged, ttaViews } from '../dist/classifier/model/tta.js';
import { compare } from '../dist/vision/change.js';
import { centreSquare, prepare } from '../dist/vision/geometry.js';
import { decode, encode } from '../dist/vision/jpeg.js';
import { lesionShapeOf } from '../dist/vision/outline.js';
import { areaOf, feretDiameterOf, momentsOf } from '../dist/vision/polygon.js';
import { degreesOf, inverse, transformPoint, scaleOf, similarityOf } from '../dist/vision/similarity.js';
import { randomFrom } from './degradations.mjs';

const wanted = Number(process.argv[2] ?? 100);
const folds = process.argv[3] ?? '4';
const ham10000 = new URL('../../shared/ham10000/', import.meta.url).pathname;
const loaded = await load(
  { bundleDir: bundleDirOf({ model: '' }), engine: 'onnxruntime', avoid: [] },
  () => undefined,
);
const { engine, model } = loaded;
const random = randomFrom(Number(process.argv[4] ?? 20261126));
const between = (low, high) => low + (high - low) * random();
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const pictures = shuffled(
  readFileSync(join(ham10000, 'metadata.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .filter((cells) => folds.includes(cells.at(-1)))
    .map(([name, , lesion, dx]) => ({ name, lesion, dx })),
);
const UNCHANGED = { area: 0, diameter: 0 };
const rows = [];
/** Each comparison relative to a classification right after it: the load of the machine is the same for both. */
const ratios = [];
let took = 0;

const used = [];
for (const picture of pictures) {
  if (used.length >= wanted) break;
  const shown = await capture(picture);
  if (!shown.whole) continue;
  used.push({ ...picture, shown });
  const move = similarityOf(
    between(-180, 180),
    between(0.8, 1.25),
    between(-0.08, 0.08),
    between(-0.08, 0.08),
  );
  const growth = between(1.05, 1.25);
  const contour = lesionShapeOf(shown.mask, shown.side).contour;
  const swell = swellOf(contour, growth);
  const grown = contour.map(swell.outwards);
  const truth = {
    area: 100 * (areaOf(grown) / areaOf(contour) - 1),
    diameter: 100 * (feretDiameterOf(grown) / feretDiameterOf(contour) - 1),
  };
  const moved = await seen(shown.image, inverse(move));
  record('moved', shown, moved, { dx: picture.dx, move, truth: UNCHANGED });
  record('grown', shown, await seen(shown.image, inverse(move), swell.inwards), {
    dx: picture.dx,
    move,
    truth,
  });
  if (ratios.length < 20) {
    const comparison = took;
    const bytes = await encode(moved.image, 90);
    const start = performance.now();
    await classify(bytes, loaded);
    ratios.push(comparison / (performance.now() - start));
  }
}
let pairs = 0;
for (const [one, other] of ofOneLesion()) {
  if (pairs >= wanted) break;
  const [first, second] = [await capture(one), await capture(other)];
  if (!first.whole || !second.whole) continue;
  pairs += 1;
  record('same', first, second, { dx: one.dx, truth: UNCHANGED });
  used.push({ ...one, shown: first });
}
for (const one of used) {
  for (const alike of [true, true, true, false, false]) {
    const others = used.filter(({ lesion, dx }) => lesion !== one.lesion && (dx === one.dx) === alike);
    const unrelated = others[Math.floor(random() * others.length)];
    if (unrelated !== undefined)
      record('different', one.shown, unrelated.shown, {
        dx: one.dx,
        alike,
        names: [one.name, unrelated.name],
      });
  }
}
await engine.dispose();
console.log(JSON.stringify(rows));
console.error(table());

function record(kind, one, other, { dx, alike, names, move, truth }) {
  const start = performance.now();
  const { registration, change, refused } = compare(one, other);
  took = performance.now() - start;
  const row = {
    kind,
    dx,
    alike,
    names,
    refused,
    truth,
    change,
    ...registration?.fit,
    scaleError: registration?.scaleError,
  };
  const [from, to] = [one, other].map(({ mask, side }) => lesionShapeOf(mask, side).contour);
  if (registration !== undefined && to.length > 0 && move !== undefined) {
    Object.assign(row, errorsOf(registration.to, move));
    // The error of the mask alone: of the area in the second capture, if the transform were known.
    const areaRatio = areaOf(to) / areaOf(from) / scaleOf(move) ** 2;
    row.maskError = Math.log(areaRatio) - Math.log(1 + truth.area / 100);
  }
  row.softness = [one, other].map(({ mask, side }) =>
    Math.log(areaOf(lesionShapeOf(mask, side, 0.3).contour) / areaOf(lesionShapeOf(mask, side, 0.7).contour)),
  );
  rows.push(row);
}

function errorsOf(to, move) {
  const turn = ((degreesOf(to) - degreesOf(move) + 540) % 360) - 180;
  // Over the middle half of the square, where the lesion is.
  const corners = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ];
  const apart = corners.map((point) => {
    const [a, b] = [transformPoint(to, point), transformPoint(move, point)];
    return Math.hypot(a[0] - b[0], a[1] - b[1]) / scaleOf(move);
  });
  return { degrees: Math.abs(turn), scale: Math.log(scaleOf(to) / scaleOf(move)), apart: Math.max(...apart) };
}

/** Pairs of images of one lesion. */
function ofOneLesion() {
  const byLesion = new Map();
  for (const picture of pictures)
    byLesion.set(picture.lesion, [...(byLesion.get(picture.lesion) ?? []), picture]);
  return [...byLesion.values()].filter((list) => list.length > 1);
}

/** `whole`: the lesion is completely inside the square, with room for a transform. */
async function capture({ name }) {
  const image = centreSquare(await decode(readFileSync(join(ham10000, 'images', `${name}.jpg`))));
  const found = await maskOf(image);
  const { contour, share } = lesionShapeOf(found.mask, found.side);
  const whole = share > 0.02 && contour.every(([x, y]) => Math.hypot(x - 0.5, y - 0.5) < 0.36);
  return { image, ...found, whole };
}

async function maskOf(image) {
  const { size, preprocessing } = model.card.input;
  const count = model.card.views ?? 1;
  const views = ttaViews(prepare(image, { areaSide: preprocessing.areaSide, size }), size, count);
  const { mask } = averaged(await engine.run(views, count), size, count);
  return { mask, side: Math.sqrt(mask.length) };
}

async function seen(image, back, before = (point) => point) {
  const picture = relit(warped(image, (point) => before(transformPoint(back, point))));
  return { image: picture, ...(await maskOf(picture)) };
}

/** @param sourceOf maps a position of the result to one of the image; outside the image is mirrored */
function warped({ width, data }, sourceOf) {
  const out = new Uint8Array(data.length);
  const mirror = (at) => {
    const within = ((at % (2 * width)) + 2 * width) % (2 * width);
    return Math.min(width - 1, within < width ? within : 2 * width - 1 - within);
  };
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [u, v] = sourceOf([(x + 0.5) / width, (y + 0.5) / width]);
      const [px, py] = [u * width - 0.5, v * width - 0.5];
      const [left, top] = [Math.floor(px), Math.floor(py)];
      for (let c = 0; c < 3; c += 1) {
        const at = (i, j) => data[(mirror(top + j) * width + mirror(left + i)) * 3 + c];
        const [dx, dy] = [px - left, py - top];
        const value =
          (1 - dy) * ((1 - dx) * at(0, 0) + dx * at(1, 0)) + dy * ((1 - dx) * at(0, 1) + dx * at(1, 1));
        out[(y * width + x) * 3 + c] = Math.round(value);
      }
    }
  }
  return { width, height: width, data: out };
}

/** Pushes the border outwards, in every direction from the lesion's centre; up to 0.6 of the way to it, and beyond 1.7 of it, nothing changes. */
function swellOf(contour, growth) {
  const { centre } = momentsOf(contour);
  const bins = 72;
  const binOf = (u, v) => ((((Math.atan2(v, u) / (2 * Math.PI)) * bins) % bins) + bins) % bins;
  const far = new Array(bins).fill(0);
  for (const [x, y] of contour) {
    const bin = Math.floor(binOf(x - centre[0], y - centre[1]));
    far[bin] = Math.max(far[bin], Math.hypot(x - centre[0], y - centre[1]));
  }
  // Neighbouring directions fill those without a vertex of the border, and smooth its roughness.
  const even = far.map((_, i) => {
    const around = [-3, -2, -1, 0, 1, 2, 3]
      .map((k) => far[(i + k + bins) % bins])
      .filter((value) => value > 0);
    return around.reduce((a, b) => a + b, 0) / around.length;
  });
  const reach = (u, v) => {
    const at = binOf(u, v);
    const rest = at - Math.floor(at);
    return even[Math.floor(at) % bins] * (1 - rest) + even[(Math.floor(at) + 1) % bins] * rest;
  };
  const bend =
    (from, to) =>
    ([x, y]) => {
      const [u, v] = [x - centre[0], y - centre[1]];
      const border = reach(u, v);
      const far = Math.hypot(u, v) / border;
      if (!(far > 0.6 && far < 1.7)) return [x, y];
      const bent =
        far < from
          ? 0.6 + ((far - 0.6) * (to - 0.6)) / (from - 0.6)
          : 1.7 - ((1.7 - far) * (1.7 - to)) / (1.7 - from);
      return [centre[0] + (u * bent) / far, centre[1] + (v * bent) / far];
    };
  return { outwards: bend(1, growth), inwards: bend(growth, 1) };
}

/** Brightness and contrast by up to 15 %, each channel by up to 5 %, noise of 1 %. */
function relit({ width, height, data }) {
  const [gain, offset] = [between(0.85, 1.15), between(-20, 20)];
  const tint = [between(0.95, 1.05), between(0.95, 1.05), between(0.95, 1.05)];
  const lit = data.map((value, i) =>
    Math.min(
      255,
      Math.max(0, Math.round((value - 128) * gain * tint[i % 3] + 128 + offset + 2.55 * normal())),
    ),
  );
  return { width, height, data: lit };
}

function shuffled(list) {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const k = Math.floor(random() * (i + 1));
    [list[i], list[k]] = [list[k], list[i]];
  }
  return list;
}

function table() {
  const of = (kind) => rows.filter((row) => row.kind === kind);
  const reported = (kind) => of(kind).filter(({ change }) => change !== undefined);
  const percent = (part, all) =>
    `${part} of ${all}` + (all === 0 ? '' : ` (${((100 * part) / all).toFixed(1)} %)`);
  const refusals = (kind) => {
    const counts = new Map();
    for (const { refused } of of(kind)) if (refused) counts.set(refused, (counts.get(refused) ?? 0) + 1);
    return [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || '–';
  };
  const error = (name, kinds, pick, unit) =>
    `| ${name} | ${kinds.map((kind) => quantiles(reported(kind).map(pick), unit)).join(' | ')} |`;
  const within = (name) => (kind) =>
    percent(
      reported(kind).filter(
        ({ change, truth }) => change[name].low <= truth[name] && truth[name] <= change[name].high,
      ).length,
      reported(kind).length,
    );
  const off =
    (name) =>
    ({ change, truth }) =>
      Math.abs(change[name].percent - truth[name]);
  const known = ['moved', 'grown', 'same'];
  const found = (kind, above) =>
    reported(kind).filter(({ change }) =>
      above ? change.area.low > 0 : change.area.low > 0 || change.area.high < 0,
    );
  return [
    '| pairs | change reported | of these, off by more than 3 % of the side | rejected |',
    '| --- | --- | --- | --- |',
    ...[...known, 'different'].map((kind) => {
      const wrong =
        kind === 'moved' || kind === 'grown'
          ? percent(reported(kind).filter(({ apart }) => apart > 0.03).length, reported(kind).length)
          : '–';
      return `| ${kind} | ${percent(reported(kind).length, of(kind).length)} | ${wrong} | ${refusals(kind)} |`;
    }),
    '',
    '| error, median / 95th percentile | moved | grown |',
    '| --- | --- | --- |',
    error('rotation', ['moved', 'grown'], ({ degrees }) => degrees, '°'),
    error('scale', ['moved', 'grown'], ({ scale }) => 100 * Math.abs(Math.expm1(scale)), ' %'),
    error(
      'worst position in the middle half, of the side',
      ['moved', 'grown'],
      ({ apart }) => 100 * apart,
      ' %',
    ),
    error(
      'area by the network’s masks, if the transform were known',
      ['moved', 'grown'],
      ({ maskError }) => 100 * Math.abs(Math.expm1(maskError)),
      ' %',
    ),
    '',
    '| change reported | moved | grown | same |',
    '| --- | --- | --- | --- |',
    error('true growth of the area', known, ({ truth }) => truth.area, ''),
    error('area, error in points', known, off('area'), ''),
    error(
      'half-width of the area’s interval',
      known,
      ({ change }) => (change.area.high - change.area.low) / 2,
      '',
    ),
    `| true area within the interval | ${known.map(within('area')).join(' | ')} |`,
    error('diameter, error in points', known, off('diameter'), ''),
    error(
      'half-width of the diameter’s interval',
      known,
      ({ change }) => (change.diameter.high - change.diameter.low) / 2,
      '',
    ),
    `| true diameter within the interval | ${known.map(within('diameter')).join(' | ')} |`,
    error('shape', known, ({ change }) => change.shape.percent, ''),
    `| area reported as changed (grown: as larger) | ${known.map((kind) => percent(found(kind, kind === 'grown').length, reported(kind).length)).join(' | ')} |`,
    `| shape reported as changed | ${known.map((kind) => percent(reported(kind).filter(({ change }) => change.shape.low > 0).length, reported(kind).length)).join(' | ')} |`,
    '',
    `One comparison takes ${median(ratios).toFixed(2)} of the time of a result (median of ${ratios.length}, each pair measured one after the other; decoded images against a JPEG).`,
  ].join('\n');
}

function quantiles(values, unit) {
  if (values.length === 0) return '–';
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return `${at(0.5).toFixed(2)}${unit} / ${at(0.95).toFixed(2)}${unit}`;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
