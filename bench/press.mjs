// Press → result on the running kiosk with the phantom camera, by stage, for both engines and every model that ships: what a clinician waits
// for with the burst as it is set, and what the whole answer for one frame takes.
// Usage: npm run bench [-- PRESSES]   (200 by default; figures are of this machine, compare inside one run only)
// `assess.burstDecode` is the time the gate waited for frames: they are decoded while earlier ones are measured. The least of a stage
// is what it takes when nothing else wants the processor.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';

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
    const columns = [0, 0.5, 0.95].map((q) => quantile(values, q).padStart(9));
    console.log([stage.padEnd(28), ...columns].join(''));
  }
}

/** The times by stage, or why this engine cannot be had here. */
async function measure(model, engine, frames) {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'));
  const env = {
    ...process.env,
    KIOSK_PORT: '0',
    KIOSK_ENGINE: engine,
    KIOSK_MODEL: model,
    KIOSK_BURST_FRAMES: String(frames),
    KIOSK_LOG_LEVEL: 'error',
    KIOSK_DATA_DIR: dataDir,
  };
  const launcher = new URL('../bin/kiosk.js', import.meta.url).pathname;
  const kiosk = spawn(process.execPath, [launcher, 'start'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const url = await urlOf(kiosk);
    const screen = io(url, { transports: ['websocket'] });
    const { model: loaded } = await viewThat(
      screen,
      (view) => view.model.state === 'none' || (view.model.state === 'ready' && view.camera.state === 'live'),
    );
    if (loaded.state === 'none') {
      screen.close();
      return loaded.reason;
    }
    const stages = new Map();
    for (let press = 0; press < presses + warmUp; press += 1) {
      const started = performance.now();
      const shown = viewThat(
        screen,
        ({ session }) => session.state === 'showing' && session.number === press + 1,
      );
      screen.emit('press', () => undefined);
      const { session } = await shown;
      const total = performance.now() - started;
      if (press < warmUp) continue;
      const { timings } = await (await fetch(new URL(`/api/sessions/${session.id}`, url))).json();
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
    screen.close();
    return stages;
  } finally {
    const exit = once(kiosk, 'exit');
    kiosk.kill('SIGTERM');
    await exit;
    await rm(dataDir, { recursive: true, force: true });
  }
}

function urlOf(kiosk) {
  return new Promise((resolve, reject) => {
    let text = '';
    kiosk.stderr.on('data', (chunk) => {
      text += chunk;
      const match = /The kiosk is on (http:\S+)/.exec(text);
      if (match) resolve(match[1]);
    });
    kiosk.once('exit', () => reject(new Error(`the kiosk did not start: ${text}`)));
  });
}

function viewThat(screen, condition) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      screen.off('view', listen);
      reject(new Error('no such view within 60 s'));
    }, 60_000);
    const listen = (view) => {
      if (!condition(view)) return;
      clearTimeout(timer);
      screen.off('view', listen);
      resolve(view);
    };
    screen.on('view', listen);
  });
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))].toFixed(1);
}
