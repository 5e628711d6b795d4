// Presses as fast as the kiosk accepts, and checks what must not grow: the memory of both processes and the tensors; and that there is exactly one
// session for each acknowledged press.
// Usage: npm run soak [-- PRESSES [ENGINE]]   (10,000 and tfjs-node by default). Exits with 1 if a limit is exceeded. Ctrl-C ends it early; what
// was measured by then is evaluated all the same.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { keepFigures } from '../scripts/prove/figures.mjs';
import { quantile, startKiosk } from './kiosk.mjs';
import { theilSen } from './slope.mjs';

const presses = Number(process.argv[2] ?? 10_000);
const engine = process.argv[3] ?? 'tfjs-node';

/** The shortest wait for a frame that the settings allow, with the whole path of a press; and one scene for each kind of outcome. */
const SETTINGS = {
  KIOSK_ENGINE: engine,
  KIOSK_BURST_FRAMES: '1',
  KIOSK_CAMERA_LATENCY_MS: '0',
  KIOSK_CAMERA_FPS: '30',
  KIOSK_PHANTOM_SCENE: 'naevus,melanoma-like,keratosis,no-lesion,blurred',
};

const EVERY = 100;
/** Fraction of the presses before memory is evaluated: heaps and the allocator's arenas reach their size first. */
const WARM_UP = 0.2;
/** Fewer samples than this do not give a reliable slope. */
const MIN_SAMPLES = 20;
/** Fault 22 of the specification. */
const MAX_MB_PER_1000 = 1;
/** One press in this many uses the HTTP API; the others use the screen's socket. */
const HTTP_ONE_OF = 4;
const REFUSED_WAIT_MS = 100;

const MB = 1e6;
const COLUMNS = {
  'kiosk resident': ({ kiosk }) => kiosk.residentBytes / MB,
  'kiosk heap': ({ kiosk }) => kiosk.heapBytes / MB,
  'inference resident': ({ inference }) => inference.residentBytes / MB,
  'inference heap': ({ inference }) => inference.heapBytes / MB,
};
/** The limit applies to these; the size of a heap depends on its garbage collector. */
const LIMITED = ['kiosk resident', 'inference resident'];

const kiosk = await startKiosk(SETTINGS, { collecting: true });
const problems = [];
let ended = false;
process.once('SIGINT', () => (ended = true));
try {
  const { name, version, engine: running } = await kiosk.ready();
  console.log(`${name} ${version} on ${running}, ${JSON.stringify(SETTINGS)}`);
  const soak = await pressed();
  await kiosk.stop();
  reportMemory(soak);
  reportSessions(soak);
  const { code, output } = await kiosk.run('verify');
  console.log(`\nkiosk verify: ${output}`);
  if (code !== 0) problems.push('kiosk verify failed');
} finally {
  await kiosk.dispose();
}
console.log(problems.length === 0 ? '\nEvery limit holds.' : `\nExceeded: ${problems.join('; ')}`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function pressed() {
  const samples = [];
  const acknowledged = new Set();
  const outcomes = new Map();
  const faults = new Map();
  const times = [];
  let refused = 0;
  // A screen shows the live preview all the while, as fast as frames arrive.
  kiosk.screen.on('frame', (_jpeg, received) => received());
  kiosk.screen.emit('preview', true);
  const started = performance.now();
  while (acknowledged.size < presses && !ended) {
    const before = performance.now();
    const over = kiosk.viewThat(
      ({ session }) => isOver(session) && session.id !== undefined && !acknowledged.has(session.id),
    );
    let answer;
    while ((answer = await press(acknowledged.size)) === undefined) {
      refused += 1;
      await new Promise((resolve) => setTimeout(resolve, REFUSED_WAIT_MS));
    }
    const { session } = await over;
    if ((answer.id ?? session.id) !== session.id) problems.push(`press ${answer.id} showed ${session.id}`);
    acknowledged.add(session.id);
    times.push(performance.now() - before);
    const outcome = session.state === 'showing' ? session.result.outcome : session.state;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (session.state === 'fault') {
      faults.set(session.code, (faults.get(session.code) ?? 0) + 1);
      console.log(`press ${acknowledged.size}: fault ${session.code}`);
      await kiosk.ready();
    }
    if (acknowledged.size % EVERY === 0) {
      const { memory } = await kiosk.json('/api/health');
      if (memory.inference.reason !== undefined)
        problems.push(`no memory figures: ${memory.inference.reason}`);
      else samples.push({ presses: acknowledged.size, ...memory });
    }
    if (acknowledged.size % (10 * EVERY) === 0 && samples.length > 0) console.log(line(samples.at(-1)));
  }
  const seconds = (performance.now() - started) / 1000;
  return { samples, acknowledged, outcomes, faults, times, refused, seconds };
}

function isOver({ state }) {
  return state === 'showing' || state === 'retake' || state === 'fault';
}

/** The reply to an accepted press, which over HTTP has the ID of its session; `undefined` if the rate limit refused it. */
async function press(number) {
  if (number % HTTP_ONE_OF === 0) {
    const response = await fetch(new URL('/api/press', kiosk.url), { method: 'POST' });
    const answer = await response.json();
    if (response.status === 202) return answer;
    if (response.status === 429) return undefined;
    throw new Error(`a press was answered with ${response.status}`);
  }
  const reply = await kiosk.screen.timeout(10_000).emitWithAck('press');
  if (reply.ok) return reply;
  if (reply.code === 'request/too-many') return undefined;
  throw new Error(`a press was answered with ${reply.code}`);
}

function line(sample) {
  const figures = Object.entries(COLUMNS).map(([name, of]) => `${name} ${of(sample).toFixed(1)} MB`);
  return `${sample.presses}: ${figures.join(', ')}, tensors ${sample.inference.tensors ?? 'none'}`;
}

function reportMemory({ samples, acknowledged }) {
  const evaluated = samples.filter((sample) => sample.presses > WARM_UP * acknowledged.size);
  console.log(
    `\nmemory, ${evaluated.length} samples after ${Math.round(WARM_UP * acknowledged.size)} presses; slope by Theil and Sen with its 95 % interval`,
  );
  console.log(['MB'.padEnd(22), ...['min', 'max', 'per 1,000', 'from', 'to'].map(pad)].join(''));
  if (evaluated.length < 3) return;
  for (const [name, of] of Object.entries(COLUMNS)) {
    const values = evaluated.map(of);
    const { slope, low, high } = theilSen(evaluated.map((sample) => [sample.presses / 1000, of(sample)]));
    const figures = [Math.min(...values), Math.max(...values), slope, low, high];
    keepFigures({ [`${name}, MB per 1,000 presses`]: Number(slope.toFixed(2)) });
    console.log([name.padEnd(22), ...figures.map((figure) => pad(figure.toFixed(2)))].join(''));
    if (!LIMITED.includes(name) || evaluated.length < MIN_SAMPLES || slope < MAX_MB_PER_1000) continue;
    problems.push(`${name} grows by ${slope.toFixed(2)} MB per 1,000 presses`);
  }
  if (evaluated.length < MIN_SAMPLES)
    console.log(`(slopes not evaluated: fewer than ${MIN_SAMPLES} samples)`);
  const tensors = new Set(evaluated.map(({ inference }) => inference.tensors));
  console.log(`tensors alive: ${[...tensors].map((count) => count ?? 'not reported').join(', ')}`);
  if (tensors.size > 1) problems.push('the number of tensors changes');
}

/** Reads the database itself, after the kiosk has stopped. */
function reportSessions({ acknowledged, outcomes, faults, times, refused, seconds }) {
  const file = join(kiosk.dataDir, 'kiosk.sqlite');
  const database = new Database(file, { readonly: true });
  const rows = database
    .prepare('SELECT s.id, r.outcome FROM sessions s LEFT JOIN results r ON r.session_id = s.id')
    .all();
  database.close();
  const kept = new Set(rows.filter(({ outcome }) => outcome !== null).map(({ id }) => id));
  const lost = [...acknowledged].filter((id) => !kept.has(id)).length;
  const extra = rows.filter(({ id }) => !acknowledged.has(id)).length;
  const counts = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  const ms = [0.5, 0.95].map((q) => `${Math.round(quantile(times, q) ?? 0)}`);
  const bytes = ['', '-wal'].reduce((sum, end) => sum + sizeOf(file + end), 0);
  keepFigures({
    presses: acknowledged.size,
    ...Object.fromEntries(outcomes),
    sessions: rows.length,
    lost,
    faults: [...faults.values()].reduce((a, b) => a + b, 0),
  });
  console.log(
    `\n${acknowledged.size} presses acknowledged in ${seconds.toFixed(0)} s (${counts}), ${refused} refused by the rate limit and repeated`,
  );
  console.log(`press → outcome on the screen: median ${ms[0]} ms, 95 % within ${ms[1]} ms`);
  console.log(`sessions in the database: ${rows.length}; lost ${lost}, without a press ${extra}`);
  console.log(
    `database: ${(bytes / MB).toFixed(1)} MB, ${Math.round(bytes / Math.max(1, rows.length))} bytes per session`,
  );
  if (lost > 0 || extra > 0 || rows.length !== acknowledged.size)
    problems.push('presses and sessions differ');
  for (const [code, count] of faults) {
    console.log(`faults: ${count} × ${code}`);
    // The phantom draws on the same cores and may starve on a busy machine; the kiosk is right to report it.
    if (!code.startsWith('camera/')) problems.push(`${count} × ${code}`);
  }
}

function sizeOf(path) {
  return existsSync(path) ? statSync(path).size : 0;
}

function pad(text) {
  return text.padStart(11);
}
