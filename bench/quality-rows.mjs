// One line of JSON per image, kind and amount of degradation: the gate's measurements and the shipped classifier's answer, by the kiosk's own
// code. Usage: npm run build && nice node bench/quality-rows.mjs N [untouched] > FILE
// N images of HAM10000, folds 0–3, half of each size; `untouched` omits the degraded ones.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleDirOf } from '../dist/app/factories.js';
import { load } from '../dist/classifier/process/load.js';
import { modelScoresOf } from '../dist/classifier/model/model-scores.js';
import { answerOf } from '../dist/classifier/decision/verdict.js';
import { averaged, ttaViews } from '../dist/classifier/model/tta.js';
import { centreSquare, prepare } from '../dist/vision/geometry.js';
import { decode } from '../dist/vision/jpeg.js';
import { measureLesion } from '../dist/vision/lesion-quality.js';
import { measure, workingSquareOf } from '../dist/vision/quality.js';
import { DEGRADATIONS, randomFrom } from './degradations.mjs';

const wanted = Number(process.argv[2] ?? 300);
const degradations = process.argv[3] === 'untouched' ? [] : Object.entries(DEGRADATIONS);
const at = (path) => new URL(path, import.meta.url).pathname;
const ham10000 = at('../../shared/ham10000/');
const settings = { bundleDir: bundleDirOf({ model: '' }), engine: 'onnxruntime', avoid: [] };
const { engine, model, ood } = await load(settings, () => undefined);
const { card } = model;

for (const [n, { folder, name }] of chosen(wanted).entries()) {
  const square = centreSquare(await decode(readFileSync(join(ham10000, folder, name))));
  const seen = await row(n, { folder, name, kind: 'untouched', amount: 0 }, square);
  for (const [kind, { amounts, apply, suits }] of degradations) {
    if (suits?.(seen) === false) continue;
    for (const amount of amounts) {
      await row(n, { folder, name, kind, amount }, apply(square, amount, randomFrom(n)));
    }
  }
}
await engine.dispose();

async function row(n, what, image) {
  const { size, preprocessing } = card.input;
  const count = card.views ?? 1;
  const views = ttaViews(prepare(image, { areaSide: preprocessing.areaSide, size }), size, count);
  const outputs = averaged(await engine.run(views, count), size, count);
  const scores = modelScoresOf(outputs, card, ood);
  const { outcome, statement, reason } = answerOf(scores, card);
  const answer = outcome === 'result' ? statement : reason;
  const values = {
    quality: measure(image),
    lesion: { ...scores.lesion, ...measureLesion(workingSquareOf(image), outputs.mask) },
  };
  console.log(JSON.stringify({ n, ...what, ...values, answer, malignancy: scores.scores?.malignancy }));
  return { mask: outputs.mask, quality: values.quality };
}

/** A shorter list is always the beginning of a longer one. */
function chosen(count) {
  const random = randomFrom(20261126);
  const lists = ['images', 'images224'].map((folder) => trainingImages(folder));
  return Array.from({ length: count }, (_, i) => {
    const list = lists[i % 2];
    return list.splice(Math.floor(random() * list.length), 1)[0];
  });
}

function trainingImages(folder) {
  const rows = readFileSync(join(ham10000, 'metadata.csv'), 'utf8').trim().split('\n').slice(1);
  const training = new Set(
    rows.map((line) => line.split(',')).flatMap((cells) => (cells.at(-1) === '4' ? [] : [`${cells[0]}.jpg`])),
  );
  return readdirSync(join(ham10000, folder))
    .filter((name) => training.has(name))
    .sort()
    .map((name) => ({ folder, name }));
}
