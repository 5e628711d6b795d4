// By stage, for both engines and every model that ships: what the whole answer for one frame takes (the inference process, asked over its pipe,
// with nothing else running); and press → result on the running kiosk, with the phantom, which draws its frames on the same cores.
// Usage: npm run bench [-- PRESSES]   (200 by default; figures are of this machine, compare inside one run only)
// `assess.burstDecode` is the time the gate waited for frames: they are decoded while earlier ones are measured. The least of a stage
// is what it takes when nothing else wants the processor.
import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClassifier } from '../dist/app/app.js';
import { systemClock } from '../dist/lib/clock.js';
import { silentLogger } from '../dist/lib/logger.js';
import { quantile, startKiosk } from './kiosk.mjs';

const presses = Number(process.argv[2] ?? 200);
const warmUp = 10;
const PHANTOM = fileURLToPath(new URL('../dist/camera/programs/phantom/main.js', import.meta.url));

const bursts = [3, 1];
const models = await readdir(new URL('../model/bundles/', import.meta.url));

const engines = ['tfjs-node', 'onnxruntime'];

for (const [model, engine] of models.flatMap((name) => engines.map((one) => [name, one]))) {
  report(`${model} on ${engine}, the answer for one frame alone`, await answers(model, engine));
  for (const frames of bursts) {
    report(`${model} on ${engine}, burst of ${frames}`, await measure(model, engine, frames));
  }
}

function report(title, stages) {
  if (typeof stages === 'string') {
    console.log(`\n${title}: not measured: ${stages}`);
    return;
  }
  console.log(`\n${title}: ${presses} times, milliseconds`);
  console.log(['stage'.padEnd(28), ...['least', 'median', 'p95'].map((name) => name.padStart(9))].join(''));
  for (const [stage, values] of stages) {
    const columns = [0, 0.5, 0.95].map((q) => quantile(values, q).toFixed(1).padStart(9));
    console.log([stage.padEnd(28), ...columns].join(''));
  }
}

/** The gate and the answer for one frame of the phantom, over and over, in a process of its own as the kiosk has it. */
async function answers(model, engine) {
  const frame = execFileSync(process.execPath, [PHANTOM, '--frames=1']);
  const classifier = createClassifier(
    { model, engine, inferenceTimeoutMs: 10_000 },
    systemClock,
    silentLogger,
  );
  await classifier.start();
  try {
    while (classifier.status().state === 'loading') await setTimeout(20);
    const status = classifier.status();
    if (status.state === 'none') return status.reason;
    const { signal } = new AbortController();
    const stages = new Map();
    for (let i = 0; i < presses + warmUp; i += 1) {
      const started = performance.now();
      const assessment = await classifier.assess([frame], signal);
      const { timings } = await classifier.classify(frame, signal);
      const total = performance.now() - started;
      if (i < warmUp) continue;
      const parts = { ...assessment.timings, ...timings, 'one frame → verdict': total };
      for (const [stage, ms] of Object.entries(parts)) stages.set(stage, [...(stages.get(stage) ?? []), ms]);
    }
    return stages;
  } finally {
    await classifier.stop();
  }
}

/** The times by stage, or why this engine cannot be had here. */
async function measure(model, engine, frames) {
  const kiosk = await startKiosk(
    { KIOSK_ENGINE: engine, KIOSK_MODEL: model, KIOSK_BURST_FRAMES: String(frames) },
    { unlimited: true },
  );
  try {
    const loaded = await kiosk.settled();
    if (loaded.state === 'none') return loaded.reason;
    const stages = new Map();
    for (let press = 0; press < presses + warmUp; press += 1) {
      const started = performance.now();
      const shown = kiosk.viewThat(
        ({ session }) => session.state === 'showing' && session.number === press + 1,
      );
      kiosk.screen.emit('press', () => undefined);
      const { session } = await shown;
      const total = performance.now() - started;
      if (press < warmUp) continue;
      const { timings } = await kiosk.json(`/api/sessions/${session.id}`);
      // What the answer itself takes, with the way to the inference process and back; the rest is the camera and the store.
      const answer = timings.assess + timings.classify;
      for (const [stage, ms] of [
        ...Object.entries(timings),
        [`${frames === 1 ? 'one frame' : `${frames} frames`} → verdict`, answer],
        ['press → result on the screen', total],
      ]) {
        stages.set(stage, [...(stages.get(stage) ?? []), ms]);
      }
    }
    return stages;
  } finally {
    await kiosk.dispose();
  }
}
