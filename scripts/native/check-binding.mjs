// Whether a staged tfjs-node works on this machine and this Node: node scripts/native/check-binding.mjs PACKAGE BUNDLE
// Runs a bundle's self-test as the kiosk does, through `loadSavedModel`. Not eager operations: those call `util.isNullOrUndefined`, which
// Node 23 removed, and the kiosk uses none.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [packageDir, bundle] = process.argv.slice(2).map((path) => resolve(path));
const { input, tensors } = JSON.parse(await readFile(join(bundle, 'card.json'), 'utf8'));
const { vectors, tolerance } = JSON.parse(await readFile(join(bundle, 'self-test.json'), 'utf8'));

const tf = createRequire(import.meta.url)(packageDir);
const model = await tf.node.loadSavedModel(join(bundle, 'saved_model'), ['serve'], 'serving_default');
for (const { name, image, probabilities } of vectors) {
  const values = Int32Array.from(Buffer.from(image, 'base64'));
  const outputs = model.predict({
    [tensors.image]: tf.tensor4d(values, [1, input.size, input.size, 3], 'int32'),
  });
  const found = softmax(await outputs[tensors.logits].data());
  const difference = Math.max(...probabilities.map((value, i) => Math.abs(value - found[i])));
  // Written so that NaN fails.
  if (!(difference <= tolerance))
    throw new Error(
      `self-test vector “${name}” differs by ${difference}, more than the allowed ${tolerance}`,
    );
}

function softmax(logits) {
  const powers = Array.from(logits, (value) => Math.exp(value - Math.max(...logits)));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
