// The image dermoscopy-kiosk, started as docker-compose.yml says and asked from outside. Run by test/image/try, in a network of its own, with
// the words that podman is started with: node steps.mjs PODMAN...
// Of the compose file only the devices are left out, which this machine has not: camera and button are simulated.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { io } from 'socket.io-client';
import { parse } from 'yaml';
import { keepFigures } from '../../scripts/prove/figures.mjs';

const [program, ...options] = process.argv.slice(2);
const project = join(import.meta.dirname, '..', '..');
const url = 'http://127.0.0.1:8080';
const run = promisify(execFile);
const bundle = 'model/bundles/lesion-pair';

/** For the slowest: another processor, emulated. */
const LIMIT_MS = 900_000;
/** What a container is given between SIGTERM and SIGKILL. */
const STOP_LIMIT_S = 10;
/** Largest difference of a probability between processors. */
const TOLERANCE = 1e-3;

/** What is tested is what happens, not how fast: an emulated processor is slower by ten to a hundred times. */
const SETTINGS = {
  KIOSK_CAMERA: 'phantom',
  KIOSK_BUTTON: 'virtual',
  KIOSK_CAMERA_WIDTH: '480',
  KIOSK_CAMERA_HEIGHT: '360',
  KIOSK_CAMERA_FPS: '1',
  KIOSK_CAMERA_STALLED_MS: '60000',
  KIOSK_CAPTURE_TIMEOUT_MS: '60000',
  KIOSK_INFERENCE_TIMEOUT_MS: '120000',
  KIOSK_BURST_FRAMES: '1',
};

/** The engine's own limits, within what the root of a machine that is itself shut in may set; and what QEMU reads alone: a board's processor. */
const ENGINE = [
  ...['--cgroups=disabled', '--ulimit=nofile=4096:4096', '--ulimit=nproc=4096:4096'],
  '--env=QEMU_CPU=cortex-a72',
];

const ROWS = `const db = new (require('better-sqlite3'))('/data/kiosk.sqlite', { readonly: true });
 console.log(JSON.stringify(db.prepare('select s.number, r.malignancy from sessions s join results r on r.session_id = s.id').all()));`;

/** In the container: who runs, with what rights, and where it can write. A line each: what fails before an `&&` would not end it. */
const CONFINED = `set -x
test "$(id -u):$(id -g)" = 10001:10001
test "$(id -Gn)" = 'kiosk video'
grep -Eqx 'CapEff:.0+' /proc/1/status
grep -qx 'NoNewPrivs:.1' /proc/1/status
grep -qa tini /proc/1/cmdline
grep -q '^[^ ]* / [^ ]* ro,' /proc/mounts
touch /tmp/x && rm /tmp/x && test "$(stat -c %u-%a /data)" = 10001-700`;

const podman = async (...words) => (await run(program, [...options, ...words], { timeout: LIMIT_MS })).stdout;
const inside = (...words) => podman('exec', 'kiosk', ...words);
const since = performance.now();
const say = (what) => console.log(`${((performance.now() - since) / 1000).toFixed(1)} s: ${what}`);

/** A service of the compose file as words for podman: what it does not know is an error, so that nothing is passed over unseen. */
async function composed(name) {
  const file = parse(await readFile(join(project, 'docker-compose.yml'), 'utf8'));
  const words = {
    network_mode: (mode) => ['--network', mode],
    user: (user) => ['--user', user],
    read_only: (only) => [`--read-only=${only}`, '--read-only-tmpfs=false'],
    cap_drop: (all) => all.map((one) => `--cap-drop=${one}`),
    security_opt: (all) => all.map((one) => `--security-opt=${one.replace(':true', '')}`),
    volumes: (all) => all.flatMap((one) => ['--volume', one]),
    tmpfs: (all) => all.flatMap((one) => ['--tmpfs', one]),
    environment: (all) => Object.entries(all).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    stop_signal: (signal) => ['--stop-signal', signal],
  };
  // The engine's own affairs, and what the image itself says as well.
  const passed = ['build', 'restart', 'devices', 'stop_grace_period', 'healthcheck', 'labels'];
  return Object.entries(file.services[name])
    .filter(([key]) => !passed.includes(key))
    .flatMap(([key, value]) => {
      assert.ok(key in words, `docker-compose.yml has ${key}, which test/image/steps.mjs does not know`);
      return words[key](value);
    });
}

async function until(what, condition) {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await setTimeout(500)) {
    const found = await condition();
    if (found) {
      say(what);
      return found;
    }
    const running = await podman('inspect', '--format', '{{.State.Running}}', 'kiosk');
    assert.equal(running.trim(), 'true', `the container has ended before it came to: ${what}`);
  }
  throw new Error(`it never came to: ${what}`);
}

const answers = (path) =>
  fetch(`${url}${path}`).then(
    ({ status }) => status === 200,
    () => false,
  );

/** The probabilities of the self-test's vectors, in the container and here. */
async function vectors(engine) {
  const script = join(project, 'test/board/guest/vectors.mjs');
  const there = await inside('node', '/vectors.mjs', 'dist', bundle, engine);
  const here = await run(process.execPath, [script, 'dist', bundle, engine], { cwd: project });
  const [one, other] = [there, here.stdout].map((text) => JSON.parse(text).flat());
  assert.equal(one.length, other.length);
  const worst = Math.max(...one.map((value, i) => Math.abs(value - other[i])));
  say(
    `${one.length} probabilities of ${engine} differ by at most ${worst.toExponential(1)} from this machine's`,
  );
  keepFigures({ [`largest difference, ${engine}`]: worst.toExponential(1) });
  assert.ok(worst < TOLERANCE);
}

async function pressed() {
  const socket = io(url, { transports: ['websocket'] });
  let view;
  socket.on('view', (next) => (view = next));
  await until('ready', () => view?.model.state === 'ready' && view.camera.state === 'live');
  assert.equal(view.model.engine, 'tfjs-node');
  assert.equal((await fetch(`${url}/api/press`, { method: 'POST' })).ok, true);
  await until('a result on a screen', () => ['showing', 'retake', 'fault'].includes(view.session.state));
  socket.disconnect();
  assert.equal(view.session.state, 'showing', JSON.stringify(view.session));
  return view.session;
}

async function stopped() {
  const asked = performance.now();
  await podman('stop', '--time', String(STOP_LIMIT_S), 'kiosk');
  const seconds = (performance.now() - asked) / 1000;
  const code = (await podman('inspect', '--format', '{{.State.ExitCode}}', 'kiosk')).trim();
  say(`stopped with ${code} after ${seconds.toFixed(1)} s`);
  assert.equal(code, '0');
  assert.ok(seconds < STOP_LIMIT_S);
}

/** An emulated processor takes longer over the large bundle than a kiosk waits for it; its vectors are asked all the same. */
async function model() {
  const image = (
    await podman('image', 'inspect', '--format', '{{.Architecture}}', 'dermoscopy-kiosk')
  ).trim();
  return image === { x64: 'amd64', arm64: 'arm64' }[process.arch] ? {} : { KIOSK_MODEL: 'seed-cnn' };
}

async function steps() {
  const settings = Object.entries({ ...SETTINGS, ...(await model()) }).flatMap(([key, value]) => [
    '--env',
    `${key}=${value}`,
  ]);
  const script = `${join(project, 'test/board/guest/vectors.mjs')}:/vectors.mjs:ro`;
  const words = [...(await composed('kiosk')), ...ENGINE, ...settings, '--volume', script];
  await podman('run', '--detach', '--name', 'kiosk', ...words, 'dermoscopy-kiosk');
  await until('/health/live answers 200', () => answers('/health/live'));
  // Its words, without its limit: Node alone takes seconds to start on an emulated processor.
  const [, ...check] = JSON.parse(
    await podman('inspect', '--format', '{{json .Config.Healthcheck.Test}}', 'kiosk'),
  );
  await inside(...check);
  say('the image’s own health check passes');
  await inside('sh', '-euc', CONFINED);
  say(`no capability, a read-only root, ${(await inside('id')).trim()}`);
  const { number, result } = await pressed();
  assert.deepEqual(JSON.parse(await inside('node', '-e', ROWS)), [{ number, malignancy: result.malignancy }]);
  await inside('node', 'bin/kiosk.js', 'verify');
  say('the press is a row of SQLite, and the journal’s chain holds');
  await inside('sh', '-euc', 'for program in ffmpeg v4l2-ctl flock; do command -v $program; done');
  await inside(
    'sh',
    '-euc',
    'for file in LICENSE NOTICE THIRD-PARTY-LICENSES sbom.cdx.json; do test -s $file; done',
  );
  await inside('node', '-e', "for (const name of ['epoll', 'node-libgpiod', 'onoff']) require(name)");
  say('the button’s add-ons load');
  await vectors('onnxruntime');
  await vectors('tfjs-node');
  await stopped();
}

try {
  await steps();
  console.log('1 passed, 0 failed');
} catch (error) {
  console.error(error);
  console.error(await podman('logs', '--tail', '40', 'kiosk').catch(String));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await podman('rm', '--force', '--volumes', 'kiosk');
  await podman('volume', 'rm', '--force', 'kiosk-data');
}
