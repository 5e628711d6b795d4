// The aiming ring: how often it looks and what that costs, whether a press is slower for it, and what automatic capture gains.
// Usage: npm run bench:framing [-- PRESSES [FOLDER]]   (40; FOLDER has images for the replay camera, one in two is blurred for it)
// Fails below five looks per second, or above a quarter of a core. Presses with and without the ring alternate in blocks of a kiosk each;
// compare figures only within one run.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { quantile, startKiosk } from './kiosk.mjs';

const presses = Number(process.argv[2] ?? 40);
const folder = process.argv[3];

const LOOK_MS = 30_000;
const BLOCKS = 4;
/** From a result to the next press, ms: the ring has looked again, with the network. */
const PAUSE_MS = 700;
const LEAST_PER_SECOND = 5;
const MOST_OF_CORE = 0.25;
/** Of an image of the replay camera, s; the phantom draws each scene for 20. */
const SCENE_SECONDS = 4;
const CAPTURE_MS = 320_000;
/** Ticks of /proc/PID/stat per second, the same on every Linux that Node runs on. */
const TICKS = 100;

for (const engine of ['tfjs-node', 'onnxruntime']) {
  await looks(engine);
  await pressTimes(engine);
}
await captures('phantom', {
  KIOSK_CAMERA: 'phantom',
  KIOSK_PHANTOM_SCENE: 'naevus,blurred,melanoma-like,no-lesion,keratosis,hairy,vascular,over-exposed',
});
if (folder !== undefined) await withReplay(folder, (dir) => captures('replay', replay(dir)));

function replay(dir) {
  return {
    KIOSK_CAMERA: 'replay',
    KIOSK_REPLAY_DIR: dir,
    KIOSK_REPLAY_SECONDS_PER_PICTURE: String(SCENE_SECONDS),
  };
}

async function looks(engine) {
  const kiosk = await start({ KIOSK_ENGINE: engine });
  try {
    let found = 0;
    kiosk.screen.on('framing', () => (found += 1));
    await setTimeout(3_000);
    const pid = await inferenceOf(kiosk.pid);
    const [ticks, before] = [await ticksOf(pid), found];
    await setTimeout(LOOK_MS);
    const perSecond = ((found - before) * 1000) / LOOK_MS;
    const ofCore = (((await ticksOf(pid)) - ticks) * 1000) / TICKS / LOOK_MS;
    console.log(
      `${engine}: ${perSecond.toFixed(1)} looks per second, ${ofCore.toFixed(3)} of a core (inference process)`,
    );
    if (perSecond < LEAST_PER_SECOND || ofCore > MOST_OF_CORE) process.exitCode = 1;
  } finally {
    await kiosk.dispose();
  }
}

async function pressTimes(engine) {
  const times = { true: [], false: [] };
  for (let block = 0; block < BLOCKS; block += 1)
    for (const framing of [true, false]) {
      const kiosk = await start({ KIOSK_ENGINE: engine, KIOSK_FRAMING: String(framing) });
      try {
        for (let i = 0; i < presses / BLOCKS; i += 1) times[framing].push(await timeOfPress(kiosk));
      } finally {
        await kiosk.dispose();
      }
    }
  const [ring, none] = [times.true, times.false].map((values) => [0.5, 0.95].map((q) => quantile(values, q)));
  console.log(
    `${engine}: press → result ${ring.map((ms) => ms.toFixed(0)).join(' (')}) ms with the ring, ` +
      `${none.map((ms) => ms.toFixed(0)).join(' (')}) without: ratio of the medians ${(ring[0] / none[0]).toFixed(3)}`,
  );
}

async function timeOfPress(kiosk) {
  await setTimeout(PAUSE_MS);
  const started = performance.now();
  const shown = kiosk.viewThat(({ session }) => ['showing', 'retake'].includes(session.state));
  await kiosk.screen.emitWithAck('press');
  const { session } = await shown;
  const ms = performance.now() - started;
  await leave(kiosk, session);
  return ms;
}

/** The share of captures that pass the gates: presses at random moments, and captures by itself. */
async function captures(name, settings) {
  const shares = {};
  for (const auto of [false, true]) {
    const kiosk = await start({
      ...settings,
      KIOSK_AUTO_CAPTURE: String(auto),
    });
    let [passed, all] = [0, 0];
    const end = performance.now() + CAPTURE_MS;
    try {
      while (performance.now() < end) {
        if (!auto) {
          await setTimeout(1_500 + 3_000 * Math.random());
          await kiosk.screen.emitWithAck('press');
        }
        const view = await Promise.race([
          kiosk.viewThat(({ session }) => ['showing', 'retake'].includes(session.state)),
          setTimeout(Math.max(0, end - performance.now())),
        ]);
        if (view === undefined) break;
        all += 1;
        if (view.session.state === 'showing') passed += 1;
        await leave(kiosk, view.session);
      }
    } finally {
      await kiosk.dispose();
    }
    shares[auto] = `${passed} of ${all}`;
  }
  console.log(`${name}: passed ${shares.false} pressed at random moments, ${shares.true} captured by itself`);
}

async function leave(kiosk, session) {
  const ready = kiosk.viewThat((view) => view.session.state === 'ready');
  await kiosk.screen.emitWithAck(session.state === 'showing' ? 'discard' : 'dismiss');
  await ready;
}

/** With a screen that shows the live image. */
async function start(settings) {
  const kiosk = await startKiosk(settings, { unlimited: true });
  await kiosk.ready();
  kiosk.screen.on('frame', (_, received) => received());
  kiosk.screen.emit('preview', true);
  return kiosk;
}

async function withReplay(from, run) {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-framing-'));
  try {
    const names = (await readdir(from)).filter((name) => /\.(jpe?g|png)$/i.test(name)).slice(0, 40);
    for (const [i, name] of names.entries()) {
      const picture = sharp(await readFile(join(from, name))).resize(960, 720, { fit: 'cover' });
      await (i % 2 === 0 ? picture : picture.blur(14)).jpeg().toFile(join(dir, `${i}.jpg`));
    }
    await run(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function inferenceOf(parent) {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (Number(text.split(') ')[1]?.split(' ')[1]) !== parent) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes('classifier/process')) return Number(pid);
  }
  throw new Error('the kiosk has no inference process');
}

/** Of user and system time. */
async function ticksOf(pid) {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
