import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadBundle } from '../../src/classifier/model/bundle.ts';
import { InferenceClassifier } from '../../src/classifier/client/client.ts';
import { ENGINE_NAMES, type EngineChoice } from '../../src/classifier/engines/port.ts';
import { probeEngines } from '../../src/classifier/client/probe.ts';
import { ready } from '../../src/classifier/client/ready.ts';
import { Backoff } from '../../src/lib/backoff.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { CLASS_IDS } from '../../src/protocol/classes.ts';
import { CARD_PREVALENCE } from '../../src/protocol/prevalence.ts';
import { DEFAULT_GATE } from '../../src/vision/gate.ts';
import { decode, encode } from '../../src/vision/jpeg.ts';
import { sha256 } from '../support/bundle.ts';
import { driverOf, SEED_BUNDLE, shippedBundles } from '../support/engines.ts';
import { MemoryLogger } from '../fakes/server-parts.ts';
import { ham10000, NEEDS_HAM10000 } from '../support/shared-data.ts';

const TOLERANCE = 1e-3;
const CLASSIFICATIONS = 300;

// Each process loads its engine and warms up; on a busy machine that alone takes seconds.
vi.setConfig({ testTimeout: 90_000 });

const { signal } = new AbortController();
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface Settings {
  readonly engine?: EngineChoice;
  readonly bundleDir?: string;
  readonly timeoutMs?: number;
}

/** The real child process, compiled, with the real engine; `onnxruntime` by default, because it is available everywhere. */
function create({
  engine = 'onnxruntime',
  bundleDir = SEED_BUNDLE,
  timeoutMs = 10_000,
}: Settings): InferenceClassifier {
  return new InferenceClassifier({ bundleDir, engine, timeoutMs, clock: systemClock, log: silentLogger });
}

/** Stopped again after the test. */
async function start(settings: Settings = {}): Promise<InferenceClassifier> {
  const classifier = create(settings);
  cleanUps.push(() => classifier.stop());
  await classifier.start();
  return classifier;
}

async function temporary(prefix: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), prefix));
  cleanUps.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** The compiled program with every package except TensorFlow's, which throws as a package without its binding does. */
async function withoutTensorflow(): Promise<string> {
  const project = join(import.meta.dirname, '..', '..');
  const root = await temporary('kiosk-no-binding-');
  await cp(join(project, 'dist'), join(root, 'dist'), { recursive: true });
  await cp(join(project, 'package.json'), join(root, 'package.json'));
  const modules = join(root, 'node_modules');
  const broken = join(modules, '@tensorflow', 'tfjs-node');
  await mkdir(broken, { recursive: true });
  await writeFile(join(broken, 'index.js'), "throw new Error('no binding here');");
  for (const name of await readdir(join(project, 'node_modules'))) {
    if (name !== '@tensorflow') await symlink(join(project, 'node_modules', name), join(modules, name));
  }
  return root;
}

/** A JPEG of rings around a dark spot, with enough detail and contrast for the gate. `period` in pixels: the shorter, the sharper. */
async function rings(period = 12): Promise<Uint8Array> {
  const [width, height] = [320, 240];
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const radius = Math.hypot((i % width) - width / 2, Math.floor(i / width) - height / 2);
    const wave = Math.sin((radius * 2 * Math.PI) / period) * 40;
    const tone = radius < 60 ? 90 : 170;
    data.set([tone + wave, tone * 0.7 + wave, tone * 0.6 + wave], i * 3);
  }
  return encode({ width, height, data }, 90);
}

describe('the inference process', () => {
  let classifier: InferenceClassifier;

  beforeAll(async () => {
    classifier = create({});
    await classifier.start();
    await ready(classifier);
  });

  afterAll(() => classifier.stop());

  it('reports which model it runs, on which engine, and why', async () => {
    const model = await ready(classifier);
    const { card, sha256: hash } = await loadBundle(SEED_BUNDLE);
    expect(model.identity).toEqual({
      name: card.name,
      version: card.version,
      sha256: hash,
      engine: 'onnxruntime',
    });
    expect(model.engineReason).toBe('onnxruntime was set explicitly');
    expect(model.card).toEqual(card);
  });

  it('classifies an image and returns the scores, the SHA-256 of its bytes and the time of each stage', async () => {
    const { identity, card } = await ready(classifier);
    const image = await rings();
    const { verdict, scores, pictureSha256, model, timings } = await classifier.classify(image, signal);
    expect(verdict).toMatchObject({
      outcome: 'result',
      threshold: card.operatingPoints.find((p) => p.default)!.threshold,
    });
    expect(CLASS_IDS.reduce((sum, id) => sum + scores!.probabilities[id], 0)).toBeCloseTo(1, 9);
    expect(pictureSha256).toBe(sha256(image));
    expect(model).toEqual(identity);
    expect(Object.keys(timings)).toEqual(['decode', 'prepare', 'network', 'verdict', 'explain']);
  });

  it('assesses a burst: skips a frame that cannot be decoded, and selects the sharpest one that passes', async () => {
    const burst = [new Uint8Array([1, 2, 3]), await rings(40), await rings(6), await rings(20)];
    const assessment = await classifier.assess(burst, signal);
    expect(assessment).toMatchObject({ fit: true, best: 2, quality: { width: 320, height: 240 } });
    const alone = await Promise.all(burst.slice(1).map((frame) => classifier.assess([frame], signal)));
    expect(assessment.quality.focus).toBe(Math.max(...alone.map(({ quality }) => quality.focus)));
  });

  it('classifies the best frame once without decoding it again, with the same result', async () => {
    const [other, best] = [await rings(20), await rings(6)];
    const plain = await classifier.classify(best, signal);
    expect(await classifier.assess([other, best], signal)).toMatchObject({ fit: true, best: 1 });
    const cached = await classifier.classify(best, signal);
    expect(Object.keys(cached.timings)).toEqual(['prepare', 'network', 'verdict', 'explain']);
    expect({ ...cached, timings: {} }).toEqual({ ...plain, timings: {} });
    expect((await classifier.classify(best, signal)).timings).toHaveProperty('decode');
  });

  it('inspects a single frame: the result of the gate, and its colour', async () => {
    const red = await encode(
      { width: 200, height: 200, data: new Uint8Array(120_000).map((_, i) => (i % 3 === 0 ? 200 : 100)) },
      95,
    );
    const inspection = await classifier.inspect(red, signal);
    expect(inspection).toMatchObject({ reason: 'damaged', quality: { width: 200, height: 200 } });
    expect(inspection.colour.r).toBeCloseTo(200 / 255, 1);
    expect(inspection.colour.g).toBeCloseTo(100 / 255, 1);
    expect(inspection.colour.b).toBeCloseTo(100 / 255, 1);
  });

  it('makes a thumbnail, and reports an image that cannot be decoded', async () => {
    const image = await encode({ width: 640, height: 480, data: new Uint8Array(921_600).fill(90) }, 95);
    const thumbnail = await classifier.thumbnail(image, 160, signal);
    expect(await decode(thumbnail)).toMatchObject({ width: 160, height: 120 });
    const half = image.subarray(0, image.length / 2);
    await expect(classifier.thumbnail(half, 160, signal)).rejects.toMatchObject({ code: 'picture/broken' });
  });

  it('classifies the given image, whatever was assessed, aborted or requested concurrently', async () => {
    const images = [await rings(6), await rings(12), await rings(20)];
    const answers = await Promise.all(images.map((image) => classifier.classify(image, signal)));
    const aborted = new AbortController();
    const abortedRequest = classifier.assess([images[0]!], aborted.signal);
    aborted.abort();
    const requests = [2, 0, 1].map(async (i) => {
      const [, { scores, pictureSha256 }] = await Promise.all([
        classifier.assess([images[(i + 1) % 3]!], signal),
        classifier.classify(images[i]!, signal),
        classifier.assess([images[i]!], signal),
      ]);
      expect({ scores, pictureSha256 }).toEqual({
        scores: answers[i]!.scores,
        pictureSha256: sha256(images[i]!),
      });
    });
    await expect(abortedRequest).rejects.toThrow();
    await Promise.all(requests);
  });

  it('returns the reason if no frame of a burst passes', async () => {
    const black = await encode({ width: 320, height: 240, data: new Uint8Array(320 * 240 * 3) }, 90);
    expect(await classifier.assess([black, black], signal)).toMatchObject({ fit: false, reason: 'too-dark' });
  });

  it('rejects bytes that are not an image, and handles the next request', async () => {
    const text = new TextEncoder().encode('not a picture');
    await expect(classifier.classify(text, signal)).rejects.toMatchObject({ code: 'picture/unsupported' });
    await expect(classifier.assess([text, text], signal)).rejects.toMatchObject({
      code: 'picture/unsupported',
    });
    expect((await classifier.classify(await rings(), signal)).verdict.outcome).toBe('result');
  });
});

describe('the life cycle of the inference process', () => {
  it('selects tfjs-node automatically if available, and otherwise reports why not', async () => {
    const { identity, engineReason } = await ready(await start({ engine: 'auto' }));
    const driver = await driverOf('tfjs-node');
    expect(identity.engine).toBe('missing' in driver ? 'onnxruntime' : 'tfjs-node');
    expect(engineReason).toContain('missing' in driver ? 'tfjs-node: ' : 'first choice');
  });

  it('warns of an operating point that the card does not have, and uses the default', async () => {
    const log = new MemoryLogger();
    const rules = { operatingPoint: 'sensitivity-0.99', prevalence: CARD_PREVALENCE, gate: DEFAULT_GATE };
    const other = new InferenceClassifier({
      ...{ bundleDir: SEED_BUNDLE, engine: 'onnxruntime', timeoutMs: 10_000, clock: systemClock, log, rules },
    });
    cleanUps.push(() => other.stop());
    await other.start();
    const { card } = await ready(other);
    expect(card.operatingPoints).toEqual((await loadBundle(SEED_BUNDLE)).card.operatingPoints);
    expect(other.warning()).toContain('no operating point “sensitivity-0.99”');
    expect(log.lines.map(({ level }) => level)).toContain('warn');
    other.setRules({ ...rules, operatingPoint: card.operatingPoints[0]!.name });
    expect(other.warning()).toBeUndefined();
  });

  it('runs on the other engine if the library of tfjs-node does not load', async () => {
    const root = await withoutTensorflow();
    const log = new MemoryLogger();
    const other = new InferenceClassifier({
      bundleDir: SEED_BUNDLE,
      engine: 'auto',
      timeoutMs: 10_000,
      clock: systemClock,
      log,
      entry: join(root, 'dist/classifier/process/main.js'),
    });
    cleanUps.push(() => other.stop());
    await other.start();
    const { identity, engineReason } = await ready(other);
    expect(identity.engine).toBe('onnxruntime');
    expect(engineReason).toContain('its native library cannot be loaded: no binding here');
    // The process that tried tfjs-node continued with it: no process ended in between.
    expect(log.lines.filter(({ message }) => message.includes('ended'))).toEqual([]);
  });

  it('loses only the current request if it is killed', async () => {
    const classifier = await start();
    await ready(classifier);
    const image = await rings();
    const before = classifier.pid()!;
    // Stopped first: it must not answer before it is killed.
    process.kill(before, 'SIGSTOP');
    const lost = classifier.classify(image, signal);
    process.kill(before, 'SIGKILL');
    await expect(lost).rejects.toMatchObject({ code: 'inference/died' });
    await ready(classifier);
    expect(classifier.pid()).not.toBe(before);
    expect((await classifier.classify(image, signal)).verdict.outcome).toBe('result');
  });

  it('is replaced if it hangs', async () => {
    const classifier = await start({ timeoutMs: 1_500 });
    await ready(classifier);
    const image = await rings();
    const before = classifier.pid()!;
    process.kill(before, 'SIGSTOP');
    await expect(classifier.classify(image, signal)).rejects.toMatchObject({ code: 'inference/timeout' });
    await ready(classifier);
    expect(() => process.kill(before, 0)).toThrow();
    expect((await classifier.classify(image, signal)).verdict.outcome).toBe('result');
  });

  it('ends on a stop, and the classifier can be started again', async () => {
    const classifier = await start();
    await ready(classifier);
    const pid = classifier.pid()!;
    await classifier.stop();
    expect(() => process.kill(pid, 0)).toThrow();
    await expect(classifier.classify(await rings(), signal)).rejects.toThrow();
    await classifier.start();
    await ready(classifier);
    expect((await classifier.classify(await rings(), signal)).verdict.outcome).toBe('result');
  });

  it('has no model if the bundle is damaged, reports what is wrong, and never classifies', async () => {
    const bundleDir = await temporary('damaged-');
    await cp(SEED_BUNDLE, bundleDir, { recursive: true });
    const graph = join(bundleDir, 'model.onnx');
    const bytes = await readFile(graph);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(graph, bytes);
    const classifier = await start({ bundleDir });
    await expect(ready(classifier)).rejects.toMatchObject({ code: 'model/none' });
    expect(classifier.status()).toMatchObject({
      state: 'none',
      reason: expect.stringContaining('model.onnx') as string,
    });
    await expect(classifier.classify(await rings(), signal)).rejects.toMatchObject({ code: 'model/none' });
    expect(await classifier.assess([await rings()], signal)).toMatchObject({ fit: true });
  });

  it('has no model if a graph with the right hash fails the self-test', async () => {
    const bundleDir = await temporary('wrong-');
    await cp(SEED_BUNDLE, bundleDir, { recursive: true });
    const card = JSON.parse(await readFile(join(bundleDir, 'card.json'), 'utf8')) as {
      files: Record<string, string>;
    };
    const test = await readFile(join(bundleDir, 'self-test.json'), 'utf8');
    const wrong = JSON.parse(test) as { vectors: { probabilities: number[] }[] };
    for (const vector of wrong.vectors) vector.probabilities.reverse();
    await writeFile(join(bundleDir, 'self-test.json'), JSON.stringify(wrong));
    card.files['self-test.json'] = sha256(JSON.stringify(wrong));
    await writeFile(join(bundleDir, 'card.json'), JSON.stringify(card));
    const classifier = await start({ bundleDir, engine: 'auto' });
    await expect(ready(classifier)).rejects.toThrow(/onnxruntime fails the self-test/);
  });

  it('reports the cause if its program is missing', async () => {
    const classifier = new InferenceClassifier({
      bundleDir: SEED_BUNDLE,
      engine: 'auto',
      timeoutMs: 1_000,
      clock: systemClock,
      log: silentLogger,
      entry: join(await temporary('empty-'), 'main.js'),
    });
    cleanUps.push(() => classifier.stop());
    await classifier.start();
    await expect(ready(classifier)).rejects.toThrow(/Cannot find module/);
  });

  it('is tested on every engine for kiosk doctor', async () => {
    const reports = await probeEngines(SEED_BUNDLE, { clock: systemClock });
    expect(reports.map(({ engine }) => engine)).toEqual([...ENGINE_NAMES]);
    for (const report of reports) {
      if (report.ok) expect(report.selfTest.difference).toBeLessThanOrEqual(report.selfTest.tolerance);
      else expect(report.reason).not.toBe('');
    }
    expect(reports.find(({ engine }) => engine === 'onnxruntime')).toMatchObject({ ok: true });
  });
});

describe('a bundle that is copied in while the kiosk runs', () => {
  it('is found and loaded without a restart', async () => {
    const bundleDir = await temporary('kiosk-bundle-');
    const classifier = new InferenceClassifier({
      bundleDir,
      engine: 'onnxruntime',
      timeoutMs: 10_000,
      clock: systemClock,
      log: silentLogger,
      retryBackoff: new Backoff({ steps: [20], jitter: 0, random: () => 0 }),
    });
    cleanUps.push(() => classifier.stop());
    await classifier.start();
    await expect(ready(classifier)).rejects.toMatchObject({ code: 'model/none' });
    const loaded = new Promise<void>((resolve) => {
      classifier.onStatus(({ state }) => {
        if (state === 'ready') resolve();
      });
    });
    await cp(SEED_BUNDLE, bundleDir, { recursive: true });
    await loaded;
    const { verdict } = await classifier.classify(await rings(), signal);
    expect(verdict.outcome).toBe('result');
  });
});

describe.each(ENGINE_NAMES)('on HAM10000, %s', (engine) => {
  it.for(shippedBundles())(
    'returns the training framework’s probabilities with the bundle %s',
    async (bundleDir, context) => {
      const folder = ham10000('images');
      if (folder === undefined) context.skip(NEEDS_HAM10000);
      const driver = await driverOf(engine);
      if ('missing' in driver) context.skip(driver.missing);
      const fixture = join(import.meta.dirname, '..', 'fixtures', `${basename(bundleDir)}-reference.json`);
      const { images } = JSON.parse(await readFile(fixture, 'utf8')) as { images: Record<string, number[]> };
      const classifier = await start({ engine, bundleDir });
      await ready(classifier);
      let largest = 0;
      for (const [name, expected] of Object.entries(images)) {
        const { scores } = await classifier.classify(await readFile(join(folder!, `${name}.jpg`)), signal);
        const differences = CLASS_IDS.map((id, i) => Math.abs(scores!.probabilities[id] - expected[i]!));
        largest = Math.max(largest, ...differences);
      }
      expect(Object.keys(images).length).toBeGreaterThanOrEqual(50);
      expect(largest).toBeLessThan(TOLERANCE);
    },
  );
});

describe.each(ENGINE_NAMES)('the vitals of the inference process on %s', (engine) => {
  it('match what the system reports, and the tensor count is the same after an image as before', async (context) => {
    const driver = await driverOf(engine);
    if ('missing' in driver) {
      context.skip(driver.missing);
      return;
    }
    const classifier = await start({ engine });
    await ready(classifier);
    const before = await classifier.vitals();
    const status = await readFile(`/proc/${classifier.pid()!}/status`, 'utf8');
    const residentBytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) * 1024;
    expect(Math.abs(before.residentBytes - residentBytes) / residentBytes).toBeLessThan(0.1);
    expect(before.heapBytes).toBeGreaterThan(0);
    expect(before.heapBytes).toBeLessThan(before.residentBytes);
    expect(before.tensors).toEqual(engine === 'tfjs-node' ? expect.any(Number) : undefined);
    await classifier.classify(await rings(), signal);
    expect((await classifier.vitals()).tensors).toBe(before.tensors);
  });
});

describe('the memory of tfjs-node', () => {
  it(`holds as many tensors after ${CLASSIFICATIONS} classifications as after the first`, async (context) => {
    const driver = await driverOf('tfjs-node');
    if ('missing' in driver) {
      context.skip(driver.missing);
      return;
    }
    const { loadEngine } = await import('../../src/classifier/engines/tfjs-node.ts');
    const bundle = await loadBundle(SEED_BUNDLE);
    const engine = await loadEngine(bundle);
    const image = new Uint8Array(bundle.card.input.size ** 2 * 3).fill(120);
    await engine.run(image, 1);
    const before = engine.tensorCount();
    for (let i = 0; i < CLASSIFICATIONS; i += 1) await engine.run(image, 1);
    expect(engine.tensorCount()).toBe(before);
    await expect(engine.run(image, 2)).rejects.toThrow();
    expect(engine.tensorCount()).toBe(before);
    await engine.dispose();
  });
});
