// Press → result on the running kiosk with the phantom camera, by stage, for both engines and every model that ships: what a clinician waits
// for with the burst as it is set, and what the whole answer for one frame takes.
// Usage: npm run bench [-- PRESSES]   (200 by default; figures are of this machine, compare inside one run only)
// `assess.burstDecode` is the time the gate waited for frames: they are decoded while earlier ones are measured. The least of a stage
// is what it takes when nothing else wants the processor.
import { readdir } from 'node:fs/promises';
import { quantile, startKiosk } from './kiosk.mjs';

const presses = Number(process.argv[2] ?? 200);
const warmUp = 10;

const bursts = [3, 1];
const models = await readdir(new URL('../model/bundles/', import.meta.url));

for (const [model, engine, frames] of models.flatMap((name) =>
  ['tfjs-node', 'onnxruntime'].flatMap((one) => bursts.map((count) => [name, one, count])),
)) {
  const stages = await measure(model, engine, frames);
  if (typeof stages === 'string') {
    console.log(`\n${model} on ${engine}: not measured: ${stages}`);
    continue;
  }
  console.log(`\n${model} on ${engine}, burst of ${frames}: ${presses} presses, milliseconds`);
  console.log(['stage'.padEnd(28), ...['least', 'median', 'p95'].map((name) => name.padStart(9))].join(''));
  for (const [stage, values] of stages) {
    const columns = [0, 0.5, 0.95].map((q) => quantile(values, q).toFixed(1).padStart(9));
    console.log([stage.padEnd(28), ...columns].join(''));
  }
}

/** The times by stage, or why this engine cannot be had here. */
async function measure(model, engine, frames) {
  const kiosk = await startKiosk({
    KIOSK_ENGINE: engine,
    KIOSK_MODEL: model,
    KIOSK_BURST_FRAMES: String(frames),
  });
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
        [frames === 1 ? 'one frame → verdict' : `${frames} frames → verdict`, answer],
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
