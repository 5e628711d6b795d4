// How many damaged images the kiosk refuses, and how many good ones it keeps: by kind of damage (bench/damage-kinds.mjs), with the reason.
// Usage: npm run build && nice node bench/damaged-frames.mjs COUNT FOLDER… > ROWS      COUNT images of each folder, and half as many of the phantom's
//        node bench/damaged-frames.mjs --table ROWS [--choose]                          the half that reports, or the one on which limits are chosen
// A refusal is the gate's, before the network, or an implausible colour. Nothing of the images is written.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderFrame } from '../dist/camera/programs/phantom/render.js';
import { colourCastOf, isImplausible } from '../dist/vision/colour-cast.js';
import { DAMAGE_LIMITS, damageOf, damageSignsOf } from '../dist/vision/damage.js';
import { gate } from '../dist/vision/gate.js';
import { survey } from '../dist/vision/quality.js';
import {
  concealed,
  DAMAGES,
  differingShare,
  encodedAgain,
  framed,
  GOOD,
  imageOf,
  jpegOf,
  lit,
} from './damage-kinds.mjs';
import { randomFrom } from './degradations.mjs';

const SCENES = ['naevus', 'melanoma-like', 'vascular', 'keratosis', 'ruler', 'hairy'];
/** Shorter side of the frame, pixels: as stored, or as a camera sends it. */
const SIDES = [0, 480];
/** Damage that changes less of the image than this is not counted. */
const LEAST_DIFFERENT = 0.05;
const TRIES = 6;

const [first, ...others] = process.argv.slice(2);
if (first === '--table') table(others[0], others.includes('--choose'));
else await measureAll(Number(first), others);

async function measureAll(count, folders) {
  const random = randomFrom(20261129);
  const sources = folders.flatMap((folder) => {
    const names = readdirSync(folder).sort();
    return Array.from({ length: count }, () => {
      const [name] = names.splice(Math.floor(random() * names.length), 1);
      return { set: folder, load: () => imageOf(readFileSync(join(folder, name))) };
    });
  });
  for (let i = 0; i < count / 2; i += 1)
    sources.push({
      set: 'phantom',
      load: async () => renderFrame(SCENES[i % SCENES.length], { width: 640, height: 480 }, i),
    });
  for (const [n, source] of sources.entries()) await measureOne(n, source);
}

async function measureOne(n, { set, load }) {
  const random = randomFrom(n + 1);
  const loaded = await load();
  const side = set === 'phantom' ? 480 : SIDES[n % 2];
  const file = await jpegOf(side === 0 ? loaded : await framed(loaded, side, random), 90);
  const image = await imageOf(file);
  const row = (kind, good, shown) => {
    console.log(JSON.stringify({ n, set, side, kind, good, ...judged(shown) }));
  };
  for (const [kind, apply] of Object.entries(GOOD))
    row(kind, true, apply === GOOD.untouched ? image : await encodedAgain(apply(image, random), random));
  if (set === 'phantom') {
    const light = lit(image, 3000 + 4500 * random(), 2 * random() - 1);
    row('lights', true, await encodedAgain(light, random));
  }
  for (const [kind, { pixels, bytes }] of Object.entries(DAMAGES)) {
    const shown = pixels
      ? await encodedAgain(await pixels(image, random), random)
      : await broken(file, image, bytes, random);
    if (shown !== undefined) row(kind, false, shown);
  }
}

/** Until it can be decoded and seen; `undefined` if it never is. */
async function broken(file, image, bytes, random) {
  for (let i = 0; i < TRIES; i += 1) {
    try {
      const shown = await concealed(bytes(file, random), random);
      if (shown.width === image.width && differingShare(shown, image) > LEAST_DIFFERENT) return shown;
    } catch {
      // Not even a decoder that conceals accepts it.
    }
  }
  return undefined;
}

function judged(image) {
  const { quality, square, half } = survey(image);
  const signs = damageSignsOf(image, half);
  const cast = colourCastOf(square);
  return { quality, signs, cast };
}

/** From the stored values, so that limits can be changed without measuring again. */
function reasonOf({ quality, signs, cast }) {
  const reason = gate({ ...quality, damage: damageOf(signs) });
  if (reason !== undefined) return reason;
  return cast !== undefined && isImplausible(cast) ? 'unlike-training' : undefined;
}

function table(file, choosing) {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    // In pairs, because even and odd images differ in size.
    .filter(({ n }) => n % 4 < 2 === choosing);
  if (choosing) quantiles(rows.filter(({ good }) => good));
  console.log('| kind | images | refused for damage, noise or colour | refused for any reason | reasons |');
  console.log(`|${' --- |'.repeat(5)}`);
  for (const good of [true, false])
    for (const [kind, group] of Map.groupBy(
      rows.filter((row) => row.good === good),
      (row) => (good ? `good: ${row.kind}, ${row.set.split('/').slice(-2).join('/')}` : row.kind),
    ))
      console.log(line(kind, group));
  console.log(
    line(
      'all good',
      rows.filter(({ good }) => good),
    ),
  );
  console.log(
    line(
      'all damaged',
      rows.filter(({ good }) => !good),
    ),
  );
}

function line(kind, group) {
  const reasons = group.map(reasonOf);
  const found = reasons.filter((reason) => reason !== undefined);
  const counts = [...Map.groupBy(found, (reason) => reason)].map(
    ([reason, { length }]) => `${reason} ${length}`,
  );
  const cells = [kind, group.length, share(specific(group), group.length), share(found.length, group.length)];
  return `| ${[...cells, counts.join(', ') || '–'].join(' | ')} |`;
}

function specific(group) {
  return group.filter((row) => {
    const reason = reasonOf(row);
    return reason !== undefined && reason !== gateBefore(row);
  }).length;
}

/** What the gate says without looking for damage or noise. */
function gateBefore({ quality }) {
  return gate({ ...quality, grain: 0 });
}

function quantiles(good) {
  for (const name of Object.keys(DAMAGE_LIMITS))
    print(
      name,
      good.map(({ signs }) => signs[name]),
    );
  print(
    'grain − 0.36 detail',
    good.map(({ quality }) => quality.grain - 0.36 * quality.detail),
  );
  for (const name of ['magenta', 'warmth', 'spread'])
    print(
      name,
      good.flatMap(({ cast }) => (cast ? [cast[name]] : [])),
    );
}

function print(name, values) {
  values.sort((a, b) => a - b);
  const at = [0, 0.001, 0.01, 0.5, 0.99, 0.997, 0.999, 1].map((q) =>
    values[Math.round(q * (values.length - 1))].toFixed(3),
  );
  console.log(name.padEnd(20), at.join('  '));
}

function share(count, of) {
  return of === 0 ? '–' : `${((100 * count) / of).toFixed(1)}\u00a0%`;
}
