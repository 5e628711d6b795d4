// Runs a bundle's self-test vectors through one engine of the compiled program and prints the probabilities, one JSON array of arrays:
// the same on the board and on the host. node vectors.mjs DIST BUNDLE ENGINE
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, bundleDir, engineName] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(resolve(dist, path)).href);

const { loadBundle } = await load('classifier/model/bundle.js');
const { softmax } = await load('classifier/model/calibration.js');
const { loadEngine } = await load(`classifier/engines/${engineName}.js`);
const bundle = await loadBundle(bundleDir);
const engine = await loadEngine(bundle);
const answers = [];
for (const { image } of bundle.selfTest.vectors) {
  const { logits } = await engine.run(new Uint8Array(Buffer.from(image, 'base64')), 1);
  answers.push(Array.from(softmax(logits)));
}
await engine.dispose();
console.log(JSON.stringify(answers));
