// Presses the kiosk as fast as it takes them and watches what must not grow: memory of both processes, tensors, and the count of sessions
// against the presses that were acknowledged.
// Usage: npm run soak [-- PRESSES [ENGINE]]   (10,000 and tfjs-node by default). Ends with 1 when a limit is broken. Ctrl-C ends it early: what
// there is by then is judged all the same.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { keepFigures } from '../scripts/prove/figures.mjs';
import { quantile, startKiosk } from './kiosk.mjs';
import { theilSen } from './slope.mjs';

const presses = Number(process.argv[2] ?? 10_000);
const engine = process.argv[3] ?? 'tfjs-node';

/** The shortest wait for a frame that the settings allow, with nothing of a press's path left out; and one scene for each kind of answer. */
const SETTINGS = {
  KIOSK_ENGINE: engine,
  KIOSK_BURST_FRAMES: '1',
  KIOSK_CAMERA_LATENCY_MS: '0',
  KIOSK_CAMERA_FPS: '30',
  KIOSK_PHANTOM_SCENE: 'naevus,melanoma-like,keratosis,no-lesion,blurred',
};

const EVERY = 100;
/** Share of the presses before memory is judged: heaps and the allocator's arenas find their size first. */
const WARM_UP = 0.2;
/** Fewer samples than this give no slope worth a verdict. */
const MIN_SAMPLES = 20;
/** Fault 22 of the specification. */
const MAX_MB_PER_1000 = 1;
/** One press of so many goes through the HTTP API, whose writes are limited to a few a second; the others through the screen's socket. */
const HTTP_ONE_OF = 4;
const REFUSED_WAIT_MS = 100;

const MB = 1e6;
const COLUMNS = {
  'kiosk resident': ({ kiosk }) => kiosk.residentBytes / MB,
  'kiosk heap': ({ kiosk }) => kiosk.heapBytes / MB,
  'inference resident': ({ inference }) => inference.residentBytes / MB,
  'inference heap': ({ inference }) => inference.heapBytes / MB,
};
/** What the limit is of; a heap goes up and down by as much as its collector likes. */
const LIMITED = ['kiosk resident', 'inference resident'];

const kiosk = await startKiosk(SETTINGS, { unlimited: true });
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
  const { code, said } = await kiosk.run('verify');
  console.log(`\nkiosk verify: ${said}`);
  if (code !== 0) problems.push('kiosk verify found something');
} finally {
  await kiosk.dispose();
}
console.log(problems.length === 0 ? '\nEvery limit holds.' : `\nBroken: ${problems.join('; ')}`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function pressed() {
  const samples = [];
  const acknowledged = new Set();
  const outcomes = new Map();
  const faults = new Map();
  const times = [];
  let refused = 0;
  // A screen shows the live picture all the while; this one is as fast as it gets.
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
      if (memory.inference.reason !== undefined) problems.push(`no vitals: ${memory.inference.reason}`);
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

/** What the kiosk answered a press that it took, through HTTP with the id of its session; `undefined` when it came sooner than the limits allow. */
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
  const judged = samples.filter((sample) => sample.presses > WARM_UP * acknowledged.size);
  console.log(
    `\nmemory, ${judged.length} samples after ${Math.round(WARM_UP * acknowledged.size)} presses; slope by Theil and Sen with its 95 % interval`,
  );
  console.log(['MB'.padEnd(22), ...['least', 'most', 'per 1,000', 'from', 'to'].map(pad)].join(''));
  if (judged.length < 3) return;
  for (const [name, of] of Object.entries(COLUMNS)) {
    const values = judged.map(of);
    const { slope, low, high } = theilSen(judged.map((sample) => [sample.presses / 1000, of(sample)]));
    const figures = [Math.min(...values), Math.max(...values), slope, low, high];
    keepFigures({ [`${name}, MB per 1,000 presses`]: Number(slope.toFixed(2)) });
    console.log([name.padEnd(22), ...figures.map((figure) => pad(figure.toFixed(2)))].join(''));
    if (!LIMITED.includes(name) || judged.length < MIN_SAMPLES || slope < MAX_MB_PER_1000) continue;
    problems.push(`${name} grows by ${slope.toFixed(2)} MB per 1,000 presses`);
  }
  if (judged.length < MIN_SAMPLES) console.log(`(no verdict on slopes: fewer than ${MIN_SAMPLES} samples)`);
  const tensors = new Set(judged.map(({ inference }) => inference.tensors));
  console.log(`tensors alive: ${[...tensors].map((count) => count ?? 'none kept').join(', ')}`);
  if (tensors.size > 1) problems.push('the tensors are not flat');
}

/** Of the database itself, once the kiosk is stopped. */
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
  const told = [...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
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
    `\n${acknowledged.size} presses acknowledged in ${seconds.toFixed(0)} s (${told}), ${refused} put off by the limits`,
  );
  console.log(`press → answer on the screen: median ${ms[0]} ms, 95 % within ${ms[1]} ms`);
  console.log(`sessions in the database: ${rows.length}; lost ${lost}, without a press ${extra}`);
  console.log(
    `database: ${(bytes / MB).toFixed(1)} MB, ${Math.round(bytes / Math.max(1, rows.length))} bytes a session`,
  );
  if (lost > 0 || extra > 0 || rows.length !== acknowledged.size)
    problems.push('presses and sessions differ');
  for (const [code, count] of faults) {
    console.log(`faults: ${count} × ${code}`);
    // The phantom draws on the same cores: where others want them it may starve, and the kiosk is right to say so.
    if (!code.startsWith('camera/')) problems.push(`${count} × ${code}`);
  }
}

function sizeOf(path) {
  return existsSync(path) ? statSync(path).size : 0;
}

function pad(text) {
  return text.padStart(11);
}
