import { describe, expect, it } from 'vitest';
import { InferenceClassifier } from '../../src/classifier/client/client.ts';
import type { InferenceProcess } from '../../src/classifier/client/spawn.ts';
import type { ClassifierStatus } from '../../src/classifier/port.ts';
import type {
  ChildSettings,
  InferenceMessage,
  InferenceRequest,
} from '../../src/classifier/process/messages.ts';
import { Backoff } from '../../src/lib/backoff.ts';
import { KioskError } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { classification, FAKE_MODEL, fit, NAEVUS } from '../fakes/classifier.ts';
import { FakeClock, settle } from '../fakes/clock.ts';

const TIMEOUT_MS = 1_000;
const STEPS = [0, 500, 2_000];
const RETRY_STEPS = [5_000, 60_000];
const VITALS = { residentBytes: 200e6, heapBytes: 20e6, tensors: 12 };
const image = new Uint8Array([1]);

/** A process operated by the test: it sends the messages of the test and records its requests. */
class FakeProcess implements InferenceProcess {
  readonly pid = 1;
  readonly settings: ChildSettings;
  readonly sent: InferenceRequest[] = [];
  readonly signals: string[] = [];
  /** Whether SIGTERM ends it; a process that hangs ignores it. */
  obeysTerm = true;
  #say: (message: InferenceMessage) => void = () => undefined;
  #exit: (how: string) => void = () => undefined;

  constructor(settings: ChildSettings) {
    this.settings = settings;
  }

  send(request: InferenceRequest): void {
    this.sent.push(request);
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.signals.push(signal);
    if (signal === 'SIGKILL' || this.obeysTerm) this.#exit(`it ended with ${signal}`);
  }

  disconnect(): void {
    this.signals.push('disconnect');
  }

  onMessage(listener: (message: InferenceMessage) => void): void {
    this.#say = listener;
  }

  onExit(listener: (how: string) => void): void {
    this.#exit = listener;
  }

  say(message: InferenceMessage): void {
    this.#say(message);
  }

  ready(): void {
    this.say({ kind: 'ready', model: FAKE_MODEL, selfTest: { vectors: 1, difference: 0, tolerance: 1e-3 } });
  }

  /** Answers the request that was sent last. */
  answer(): void {
    const { id, kind } = this.sent.at(-1)!;
    const thumbnail = new Uint8Array();
    const answers = {
      assess: fit(),
      look: { framing: { focus: 1 }, cpuMs: 10, located: false },
      classify: classification(NAEVUS),
      inspect: LOOK,
      thumbnail,
      vitals: VITALS,
    };
    const value = answers[kind];
    this.say({ kind: 'answer', id, value });
  }

  die(how = 'it ended with SIGSEGV'): void {
    this.#exit(how);
  }
}

const LOOK = { quality: fit().quality, reason: undefined, colour: { r: 0.8, g: 0.6, b: 0.5 } };

async function rig(engine: 'auto' | 'tfjs-node' = 'auto') {
  const clock = new FakeClock();
  const processes: FakeProcess[] = [];
  const statuses: ClassifierStatus[] = [];
  /** The bundle on the disk: its problem if it is invalid, and how often it was read. */
  const bundle: { problem?: string; reads: number } = { reads: 0 };
  const classifier = new InferenceClassifier({
    bundleDir: 'bundle',
    engine,
    timeoutMs: TIMEOUT_MS,
    loadTimeoutMs: 60_000,
    clock,
    log: silentLogger,
    backoff: new Backoff({ steps: STEPS, jitter: 0, random: () => 0 }),
    retryBackoff: new Backoff({ steps: RETRY_STEPS, jitter: 0, random: () => 0 }),
    checkBundle: () => {
      bundle.reads += 1;
      return bundle.problem === undefined ? Promise.resolve() : Promise.reject(new Error(bundle.problem));
    },
    spawn: (settings) => {
      const process = new FakeProcess(settings);
      processes.push(process);
      return process;
    },
  });
  classifier.onStatus((status) => statuses.push(status));
  await classifier.start();
  const classify = (signal = new AbortController().signal) => outcome(classifier.classify(image, signal));
  const newest = (): FakeProcess => processes.at(-1)!;
  return { clock, processes, statuses, bundle, classifier, classify, newest };
}

/** The code of the error, or `answered`. */
async function outcome(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof KioskError ? error.code : String(error)),
  );
}

describe('the supervised inference process', () => {
  it('reports that the model is loading until the process is ready', async () => {
    const { classifier, classify, newest } = await rig();
    expect(await classify()).toBe('model/loading');
    expect(await outcome(classifier.assess([image], new AbortController().signal))).toBe('model/loading');
    newest().ready();
    expect(classifier.status()).toEqual({ state: 'ready', model: FAKE_MODEL });
    const answer = classify();
    newest().answer();
    expect(await answer).toBe('answered');
  });

  it('reports why there is no model, and still assesses images', async () => {
    const { classifier, classify, newest } = await rig();
    newest().say({ kind: 'none', reason: 'model.onnx: its SHA-256 is wrong' });
    expect(classifier.status()).toEqual({ state: 'none', reason: 'model.onnx: its SHA-256 is wrong' });
    expect(await classify()).toBe('model/none');
    const assessment = outcome(classifier.assess([image], new AbortController().signal));
    newest().answer();
    expect(await assessment).toBe('answered');
  });

  it('rechecks an invalid bundle at increasing intervals without starting a process', async () => {
    const { clock, processes, statuses, bundle, newest } = await rig();
    bundle.problem = 'card.json cannot be read';
    newest().say({ kind: 'none', reason: 'card.json cannot be read' });
    for (const [i, waitMs] of [...RETRY_STEPS, 60_000].entries()) {
      await clock.advance(waitMs - 1);
      expect(bundle.reads).toBe(i);
      await clock.advance(1);
      expect(bundle.reads).toBe(i + 1);
    }
    expect(processes).toHaveLength(1);
    expect(statuses).toEqual([{ state: 'none', reason: 'card.json cannot be read' }]);
    bundle.problem = 'model.onnx: is missing';
    await clock.advance(60_000);
    expect(statuses.at(-1)).toEqual({ state: 'none', reason: 'model.onnx: is missing' });
  });

  it('loads a bundle that became valid in a new process, and reports no model until it is ready', async () => {
    const { clock, processes, statuses, classifier, classify, newest } = await rig();
    newest().say({ kind: 'none', reason: 'card.json cannot be read' });
    await clock.advance(RETRY_STEPS[0]!);
    expect(processes).toHaveLength(2);
    expect(processes[0]!.signals).toEqual(['SIGKILL']);
    expect(classifier.status().state).toBe('none');
    newest().ready();
    expect(statuses.map(({ state }) => state)).toEqual(['none', 'ready']);
    const answer = classify();
    newest().answer();
    expect(await answer).toBe('answered');
    await clock.advance(600_000);
    expect(processes).toHaveLength(2);
  });

  it('retries every engine if none ran the model, including those that crashed the process', async () => {
    const { clock, processes, newest } = await rig();
    newest().say({ kind: 'trying', engine: 'tfjs-node' });
    newest().die('it ended with SIGKILL');
    await clock.advance(0);
    newest().say({ kind: 'none', reason: 'no engine runs the model' });
    await clock.advance(RETRY_STEPS[0]!);
    expect(processes).toHaveLength(3);
    expect(newest().settings.avoid).toEqual([]);
    newest().say({ kind: 'none', reason: 'no engine runs the model' });
    await clock.advance(RETRY_STEPS[1]!);
    expect(processes).toHaveLength(4);
  });

  it('does not check the bundle after a stop', async () => {
    const { clock, processes, bundle, classifier, newest } = await rig();
    newest().say({ kind: 'none', reason: 'card.json cannot be read' });
    await classifier.stop();
    await clock.advance(600_000);
    expect(bundle.reads).toBe(0);
    expect(processes).toHaveLength(1);
  });

  it('passes on the error of the process for an image', async () => {
    const { classify, newest } = await rig();
    newest().ready();
    const answer = classify();
    newest().say({ kind: 'failure', id: newest().sent[0]!.id, code: 'picture/broken', message: 'cut off' });
    expect(await answer).toBe('picture/broken');
  });

  it('reports inference/failed for an unknown code from the process', async () => {
    const { classify, newest } = await rig();
    newest().ready();
    const answer = classify();
    newest().say({ kind: 'failure', id: newest().sent[0]!.id, code: 'picture/upside-down', message: 'no' });
    expect(await answer).toBe('inference/failed');
  });

  it('fails only the pending requests when the process dies, and starts another at once', async () => {
    const { clock, processes, classifier, classify, newest } = await rig();
    newest().ready();
    const [first, second] = [classify(), classify()];
    newest().die();
    expect(await Promise.all([first, second])).toEqual(['inference/died', 'inference/died']);
    expect(classifier.status().state).toBe('loading');
    await clock.advance(0);
    expect(processes).toHaveLength(2);
    newest().ready();
    const next = classify();
    newest().answer();
    expect(await next).toBe('answered');
  });

  it('ends a process that does not answer in time', async () => {
    const { clock, processes, classifier, classify, newest } = await rig();
    newest().ready();
    const answer = classify();
    await clock.advance(TIMEOUT_MS - 1);
    expect(newest().signals).toEqual([]);
    await clock.advance(1);
    expect(await answer).toBe('inference/timeout');
    expect(processes[0]!.signals).toEqual(['SIGKILL']);
    expect(classifier.status().state).toBe('loading');
    expect(processes).toHaveLength(2);
  });

  it('measures the deadline from when a request is sent, not from when it is queued', async () => {
    const { clock, processes, classify, newest } = await rig();
    newest().ready();
    const answers = [classify(), classify()];
    await clock.advance(TIMEOUT_MS - 1);
    expect(newest().sent).toHaveLength(1);
    newest().answer();
    await clock.advance(TIMEOUT_MS - 1);
    newest().answer();
    expect(await Promise.all(answers)).toEqual(['answered', 'answered']);
    expect(processes).toHaveLength(1);
  });

  it('waits longer after each crash, and resets the delay after an answer', async () => {
    const { clock, processes, classify, newest } = await rig();
    for (const waitMs of [...STEPS, 2_000]) {
      newest().ready();
      newest().die();
      const before = processes.length;
      if (waitMs > 0) await clock.advance(waitMs - 1);
      expect(processes).toHaveLength(before);
      await clock.advance(1);
      expect(processes).toHaveLength(before + 1);
    }
    newest().ready();
    const answer = classify();
    newest().answer();
    await answer;
    newest().die();
    const before = processes.length;
    await clock.advance(0);
    expect(processes).toHaveLength(before + 1);
  });

  it('with engine auto, skips an engine that crashed the process while loading', async () => {
    const { clock, classifier, newest } = await rig();
    newest().say({ kind: 'trying', engine: 'tfjs-node' });
    newest().die('it ended with SIGILL');
    expect(classifier.status().state).toBe('loading');
    await clock.advance(0);
    const { avoid } = newest().settings;
    expect(avoid).toEqual([
      { engine: 'tfjs-node', reason: 'the process ended while loading it: it ended with SIGILL' },
    ]);
  });

  it('reports it if the configured engine crashes the process, and keeps retrying', async () => {
    const { clock, processes, classifier, statuses, newest } = await rig('tfjs-node');
    newest().say({ kind: 'trying', engine: 'tfjs-node' });
    newest().die('it ended with SIGILL');
    expect(classifier.status()).toMatchObject({
      state: 'none',
      reason: expect.stringContaining('SIGILL') as string,
    });
    await clock.advance(0);
    expect(processes).toHaveLength(2);
    expect(newest().settings.avoid).toEqual([]);
    newest().ready();
    expect(statuses.map(({ state }) => state)).toEqual(['none', 'ready']);
  });

  it('ends a process whose model does not load in time', async () => {
    const { clock, processes, classifier } = await rig();
    await clock.advance(60_000);
    expect(processes[0]!.signals).toEqual(['SIGKILL']);
    expect(classifier.status()).toMatchObject({ state: 'none' });
  });

  it('rejects an aborted request at once, and sends the next one when the process is free', async () => {
    const { classify, newest } = await rig();
    newest().ready();
    const aborter = new AbortController();
    const aborted = classify(aborter.signal);
    const next = classify();
    aborter.abort(new Error('left'));
    expect(await aborted).toContain('left');
    expect(newest().sent).toHaveLength(1);
    newest().answer();
    expect(newest().sent).toHaveLength(2);
    newest().answer();
    expect(await next).toBe('answered');
  });

  it('never sends a request that was aborted while queued', async () => {
    const { classify, newest } = await rig();
    newest().ready();
    const aborter = new AbortController();
    const [first, waiting] = [classify(), classify(aborter.signal)];
    aborter.abort();
    newest().answer();
    expect(await first).toBe('answered');
    await waiting;
    expect(newest().sent).toHaveLength(1);
  });

  it('queues one request for vitals for all callers, with or without a model', async () => {
    const { classifier, classify, newest } = await rig();
    expect(await outcome(classifier.vitals())).toBe('model/loading');
    expect(newest().sent).toEqual([]);
    newest().ready();
    const answer = classify();
    const vitals = [classifier.vitals(), classifier.vitals()];
    expect(newest().sent.map(({ kind }) => kind)).toEqual(['classify']);
    newest().answer();
    newest().answer();
    expect(await answer).toBe('answered');
    expect(await Promise.all(vitals)).toEqual([VITALS, VITALS]);
    expect(newest().sent.map(({ kind }) => kind)).toEqual(['classify', 'vitals']);
    newest().say({ kind: 'none', reason: 'model.onnx: is missing' });
    const later = classifier.vitals();
    newest().answer();
    expect(await later).toEqual(VITALS);
    const lost = outcome(classifier.vitals());
    newest().die();
    expect(await lost).toBe('inference/died');
  });

  it('does not reset the restart delay for vitals, only for real work', async () => {
    const { clock, processes, classifier, newest } = await rig();
    newest().ready();
    newest().die();
    await clock.advance(STEPS[0]!);
    newest().ready();
    const vitals = classifier.vitals();
    newest().answer();
    await vitals;
    newest().die();
    await clock.advance(STEPS[1]! - 1);
    expect(processes).toHaveLength(2);
    await clock.advance(1);
    expect(processes).toHaveLength(3);
  });

  it('stops with disconnect, SIGTERM, and SIGKILL after two seconds', async () => {
    const { clock, processes, classifier, classify, newest } = await rig();
    newest().ready();
    newest().obeysTerm = false;
    const pending = classify();
    const stopped = classifier.stop();
    await clock.advance(1_999);
    expect(newest().signals).toEqual(['disconnect', 'SIGTERM']);
    await clock.advance(1);
    await stopped;
    expect(newest().signals).toEqual(['disconnect', 'SIGTERM', 'SIGKILL']);
    expect(await pending).toBe('inference/died');
    await clock.advance(60_000);
    expect(processes).toHaveLength(1);
  });

  it('can be stopped twice, and while it waits to restart', async () => {
    const { clock, processes, classifier, newest } = await rig();
    newest().ready();
    newest().die();
    await classifier.stop();
    await classifier.stop();
    await clock.advance(60_000);
    await settle();
    expect(processes).toHaveLength(1);
  });
});
