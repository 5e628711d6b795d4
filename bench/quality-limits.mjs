// What the limits of the quality gate keep and refuse: untouched pictures of HAM10000 (folds 0–3) and the same ones blurred, noisy, under-
// and over-exposed. Usage: npm run build && node bench/quality-limits.mjs [PICTURES-PER-FOLDER]   (1500 by default)
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATE_LIMITS, gate } from '../dist/vision/gate.js';
import { centreSquare } from '../dist/vision/geometry.js';
import { decode } from '../dist/vision/jpeg.js';
import { measure } from '../dist/vision/quality.js';

const count = Number(process.argv[2] ?? 1500);
const ham10000 = new URL('../../shared/ham10000/', import.meta.url).pathname;

/** Radii are standard deviations in pixels of a centre square of 150; stops are of light, before the display curve. */
const conditions = {
  untouched: (image) => image,
  'blur 1': (image) => blurred(image, 1),
  'blur 1.5': (image) => blurred(image, 1.5),
  'blur 3': (image) => blurred(image, 3),
  'blur 3, noise 1 %': (image) => noisy(blurred(image, 3), 0.01),
  '-2 stops': (image) => exposed(image, -2),
  '-3 stops': (image) => exposed(image, -3),
  '+1 stop': (image) => exposed(image, 1),
  '+2 stops': (image) => exposed(image, 2),
};

console.log('limits:', JSON.stringify(GATE_LIMITS));
for (const folder of ['images', 'images224']) await report(folder);

async function report(folder) {
  const pictures = sample(trainingPictures(folder), count);
  const reasons = new Map(Object.keys(conditions).map((name) => [name, new Map()]));
  const untouched = [];
  for (const file of pictures) {
    const square = centreSquare(await decode(readFileSync(file)));
    for (const [name, degrade] of Object.entries(conditions)) {
      const quality = measure(degrade(square));
      if (name === 'untouched') untouched.push(quality);
      const reason = gate(quality) ?? 'kept';
      reasons.get(name).set(reason, (reasons.get(name).get(reason) ?? 0) + 1);
    }
  }
  console.log(`\n${folder}: ${pictures.length} pictures of folds 0–3`);
  for (const [name, counts] of reasons) {
    const shares = [...counts]
      .sort()
      .map(([reason, n]) => `${reason} ${((100 * n) / pictures.length).toFixed(1)} %`);
    console.log(`  ${name.padEnd(20)} ${shares.join(', ')}`);
  }
  for (const key of ['brightness', 'contrast', 'darkShare', 'brightShare', 'focus']) {
    const sorted = untouched.map((quality) => quality[key]).sort((a, b) => a - b);
    const at = [0, 0.005, 0.02, 0.5, 0.98, 0.995, 1].map((q) =>
      sorted[Math.floor(q * (sorted.length - 1))].toFixed(3),
    );
    console.log(`  ${key.padEnd(20)} quantiles 0, 0.5, 2, 50, 98, 99.5, 100 %: ${at.join('  ')}`);
  }
}

function trainingPictures(folder) {
  const table = readFileSync(join(ham10000, 'metadata.csv'), 'utf8').trim().split('\n').slice(1);
  const training = new Set(
    table
      .map((line) => line.split(','))
      .filter((row) => row.at(-1) !== '4')
      .map((row) => `${row[0]}.jpg`),
  );
  return readdirSync(join(ham10000, folder))
    .filter((name) => training.has(name))
    .sort()
    .map((name) => join(ham10000, folder, name));
}

/** Evenly over the list, so that a run can be repeated. */
function sample(files, wanted) {
  const step = Math.max(1, files.length / wanted);
  return Array.from({ length: Math.min(wanted, files.length) }, (_, i) => files[Math.floor(i * step)]);
}

/** Gaussian blur, separable, edges repeated. */
function blurred({ width, height, data }, sigma) {
  const scaled = (sigma * width) / 150;
  const reach = Math.ceil(3 * scaled);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * scaled ** 2)),
  );
  const total = weights.reduce((a, b) => a + b);
  const across = convolved(Float64Array.from(data), weights, {
    lines: height,
    length: width,
    line: width * 3,
    step: 3,
  });
  const down = convolved(across, weights, { lines: width, length: height, line: 3, step: width * 3 });
  return { width, height, data: Uint8Array.from(down, (value) => Math.round(value / total ** 2)) };
}

function convolved(source, weights, { lines, length, line, step }) {
  const reach = (weights.length - 1) / 2;
  const padded = new Float64Array(length + 2 * reach);
  const out = new Float64Array(source.length);
  for (let n = 0; n < lines; n += 1) {
    for (let c = 0; c < 3; c += 1) {
      const first = n * line + c;
      for (let k = 0; k < padded.length; k += 1)
        padded[k] = source[first + Math.min(length - 1, Math.max(0, k - reach)) * step];
      for (let i = 0; i < length; i += 1) {
        let sum = 0;
        for (let k = 0; k < weights.length; k += 1) sum += weights[k] * padded[i + k];
        out[first + i * step] = sum;
      }
    }
  }
  return out;
}

/** Stops act on light, so the sRGB curve (taken as a power of 2.2) is undone first; what is beyond white is clipped. */
function exposed(image, stops) {
  const table = Uint8Array.from({ length: 256 }, (_, v) =>
    Math.min(255, Math.round(255 * ((v / 255) ** 2.2 * 2 ** stops) ** (1 / 2.2))),
  );
  return { ...image, data: image.data.map((value) => table[value]) };
}

function noisy(image, sd) {
  let state = 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const gauss = () => random() + random() + random() + random() + random() + random() - 3;
  return {
    ...image,
    data: image.data.map((value) =>
      Math.min(255, Math.max(0, Math.round(value + gauss() * sd * 255 * Math.SQRT2))),
    ),
  };
}
