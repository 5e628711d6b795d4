// Times by stage, for both engines and every model that ships: one frame alone (the inference process over its pipe, with nothing else
// running); and press → result on the running kiosk, with the phantom, which draws its frames on the same cores.
// Usage: npm run bench [-- PRESSES]   (200 by default; compare figures only within one run)
// `assess.burstDecode` is the time the gate waited for frames: they are decoded while earlier ones are measured. The minimum of a stage
// is its time when nothing else uses the processor.
import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createClassifier } from '../dist/app/factories.js';
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
  report(`${model} on ${engine}, one frame alone`, await alone(model, engine));
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
  console.log(['stage'.padEnd(28), ...['min', 'median', 'p95'].map((name) => name.padStart(9))].join(''));
  for (const [stage, values] of stages) {
    const columns = [0, 0.5, 0.95].map((q) => quantile(values, q).toFixed(1).padStart(9));
    console.log([stage.padEnd(28), ...columns].join(''));
  }
}

/** Gates and classifies one frame of the phantom repeatedly, in a separate process as in the kiosk. */
async function alone(model, engine) {
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
      const gated = await classifier.assess([frame], signal);
      const { timings } = await classifier.classify(frame, signal);
      const total = performance.now() - started;
      if (i < warmUp) continue;
      const parts = { ...gated.timings, ...timings, 'one frame → verdict': total };
      for (const [stage, ms] of Object.entries(parts)) stages.set(stage, [...(stages.get(stage) ?? []), ms]);
    }
    return stages;
  } finally {
    await classifier.stop();
  }
}

/** The times by stage, or why this engine is not available. */
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
      const reply = await kiosk.screen.emitWithAck('press');
      if (!reply.ok) throw new Error(`a press was refused: ${reply.code}`);
      const { session } = await shown;
      const total = performance.now() - started;
      if (press < warmUp) continue;
      const { timings } = await kiosk.json(`/api/sessions/${session.id}`);
      // Includes the round trip to the inference process; the rest is the camera and the store.
      const verdict = timings.assess + timings.classify;
      for (const [stage, ms] of [
        ...Object.entries(timings),
        [`${frames === 1 ? 'one frame' : `${frames} frames`} → verdict`, verdict],
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
