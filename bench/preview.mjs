// The live preview of the phantom in Debian's Chromium: frames drawn per second, age of a frame when it is drawn, and whether memory stays
// flat meanwhile.
// Usage: npm run bench:preview [-- MINUTES [FRAMES-PER-SECOND]]   (default: 10 minutes, the default camera). Exits with 1 if a limit is exceeded.
//
// The age is the time from the exposure, which the phantom writes into each frame (both use the machine's clock), to the call that draws the frame
// on the canvas: it includes drawing and encoding by the phantom, its pipe, the kiosk, the socket and decoding in the browser, but not the compositor
// and the panel. It is at least the time since the frame arrived in the kiosk.
import { readFileSync } from 'node:fs';
import { launchChromium } from '../kiosk-ui/dev/chromium.mjs';
import { quantile, startKiosk } from './kiosk.mjs';
import { theilSen } from './slope.mjs';

const minutes = Number(process.argv[2] ?? 10);
const fps = process.argv[3];

const SAMPLE_MS = 10_000;
const WARM_UP = 0.2;
const MIN_SAMPLES = 20;
/** The specification's limits: in every ten seconds, and over all frames. */
const MIN_FPS = 15;
const MAX_P95_MS = 150;
/** Growth that still counts as flat: a leak of one frame per minute is more. */
const MAX_MB_PER_MINUTE = 1;
const MB = 1e6;

const COLUMNS = {
  'renderer resident': ({ renderer }) => renderer / MB,
  'JavaScript heap of the page': ({ heap }) => heap / MB,
  'kiosk resident': ({ kiosk }) => kiosk / MB,
};
const LIMITED = ['renderer resident', 'kiosk resident'];

const problems = [];
const kiosk = await startKiosk(fps === undefined ? {} : { KIOSK_CAMERA_FPS: fps });
const browser = await launchChromium();
try {
  await kiosk.ready();
  console.log(`${minutes} minutes in Chromium ${browser.version()}`);
  const samples = await watched();
  report(samples);
} finally {
  await browser.close();
  await kiosk.dispose();
}
console.log(problems.length === 0 ? '\nEvery limit holds.' : `\nExceeded: ${problems.join('; ')}`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function watched() {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // Converts the phantom's CLOCK_MONOTONIC to the page's wall clock.
  await page.addInitScript(hook, Date.now() - Number(process.hrtime.bigint()) / 1e6);
  await page.goto(kiosk.url);
  await page.waitForSelector('body[data-screen="ready"]');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const pid = await rendererPid();
  await page.evaluate(() => globalThis.drawn.splice(0));
  const samples = [];
  const started = performance.now();
  let last = started;
  while (last - started < minutes * 60_000) {
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    const drawn = await page.evaluate(() => globalThis.drawn.splice(0));
    const now = performance.now();
    const { metrics } = await devtools.send('Performance.getMetrics');
    const { memory } = await kiosk.json('/api/health');
    samples.push({
      minute: (now - started) / 60_000,
      fps: drawn.length / ((now - last) / 1000),
      ages: drawn.map(({ age }) => age),
      lasted: drawn.map(({ until }) => until).filter((age) => age !== undefined),
      heap: metrics.find(({ name }) => name === 'JSHeapUsedSize').value,
      renderer: residentBytes(pid),
      kiosk: memory.kiosk.residentBytes,
    });
    last = now;
    const { minute, fps: rate, ages } = samples.at(-1);
    console.log(
      `${minute.toFixed(1)} min: ${rate.toFixed(1)} fps, age p95 ${ms(ages, 0.95)} ms, ${memoryLine(samples.at(-1))}`,
    );
  }
  return samples;
}

/** Runs in the page before its own code: records the age of each frame when it is drawn, and when the next one replaces it. */
function hook(offset) {
  globalThis.drawn = [];
  const exposures = new WeakMap();
  const decode = globalThis.createImageBitmap.bind(globalThis);
  globalThis.createImageBitmap = async (source, ...rest) => {
    const bitmap = await decode(source, ...rest);
    const match = /exposed=([\d.]+)/.exec(await source.slice(0, 256).text());
    if (match !== null) exposures.set(bitmap, Number(match[1]) + offset);
    return bitmap;
  };
  const { prototype } = globalThis.CanvasRenderingContext2D;
  const draw = prototype.drawImage;
  let shown;
  prototype.drawImage = function (image, ...rest) {
    draw.call(this, image, ...rest);
    const exposed = exposures.get(image);
    if (exposed === undefined) return;
    const now = performance.timeOrigin + performance.now();
    globalThis.drawn.push({ age: now - exposed, until: shown === undefined ? undefined : now - shown });
    shown = exposed;
  };
}

async function rendererPid() {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  // A spare renderer may be waiting, which has used less processor time than the page's.
  const renderers = processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((a, b) => b.cpuTime - a.cpuTime);
  return renderers[0].id;
}

function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

function report(samples) {
  const ages = samples.flatMap((sample) => sample.ages);
  const lasted = samples.flatMap((sample) => sample.lasted);
  const rates = samples.map((sample) => sample.fps);
  const slowest = Math.min(...rates);
  console.log(
    `\nframes drawn: ${ages.length}, median over ten seconds ${quantile(rates, 0.5)?.toFixed(1)} fps, slowest ${slowest.toFixed(1)}`,
  );
  console.log(`age when drawn: median ${ms(ages, 0.5)} ms, p95 ${ms(ages, 0.95)} ms, max ${ms(ages, 1)} ms`);
  console.log(`age when replaced by the next: median ${ms(lasted, 0.5)} ms, p95 ${ms(lasted, 0.95)} ms`);
  if (slowest < MIN_FPS) problems.push(`only ${slowest.toFixed(1)} fps over ten seconds`);
  if (!(quantile(ages, 0.95) < MAX_P95_MS)) problems.push(`a p95 of ${ms(ages, 0.95)} ms`);
  const evaluated = samples.slice(Math.floor(WARM_UP * samples.length));
  if (evaluated.length < 3) return;
  console.log(`memory, MB per minute with its 95 % interval, from ${evaluated[0].minute.toFixed(1)} min on:`);
  for (const [name, of] of Object.entries(COLUMNS)) {
    const { slope, low, high } = theilSen(evaluated.map((sample) => [sample.minute, of(sample)]));
    const values = evaluated.map(of);
    const range = `${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)} MB`;
    console.log(`  ${name}: ${slope.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}), ${range}`);
    if (!LIMITED.includes(name) || evaluated.length < MIN_SAMPLES || slope < MAX_MB_PER_MINUTE) continue;
    problems.push(`${name} grows by ${slope.toFixed(2)} MB per minute`);
  }
  if (evaluated.length < MIN_SAMPLES)
    console.log(`  (slopes not evaluated: fewer than ${MIN_SAMPLES} samples)`);
}

function memoryLine(sample) {
  return Object.entries(COLUMNS)
    .map(([name, of]) => `${name} ${of(sample).toFixed(1)} MB`)
    .join(', ');
}

function ms(values, q) {
  return Math.round(quantile(values, q) ?? NaN);
}
