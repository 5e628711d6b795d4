import { Backoff } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { describe, KioskError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Vitals } from '../../protocol/http.ts';
import { loadBundle } from '../model/bundle.ts';
import type { EngineChoice, EngineName } from '../engines/port.ts';
import { spawnInference, type SpawnInference } from './spawn.ts';
import { InferenceChild } from './inference-child.ts';
import type { Card } from '../model/card.ts';
import type {
  LoadedModel,
  GateResult,
  Classification,
  Classifier,
  ClassifierStatus,
  FrameInspector,
  FrameInspection,
  FramingInspector,
  FramingLook,
  Rules,
  Thumbnailer,
} from '../port.ts';
import type {
  InferenceAnswers,
  AvoidedEngine,
  InferenceMessage,
  InferenceTask,
} from '../process/messages.ts';
import type { ModelSelfTestReport } from '../model/self-test.ts';
import { CARD_PREVALENCE, prevalenceOf } from '../../protocol/prevalence.ts';
import { referencePrevalence } from '../decision/prevalence.ts';
import { cardInUse, statedPoints } from '../decision/verdict.ts';
import { DEFAULT_GATE } from '../../vision/gate.ts';

export interface InferenceClassifierOptions {
  readonly bundleDir: string;
  readonly engine: EngineChoice;
  /** Longest wait for a response, ms; then the process is replaced. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Until others are set: by default the card's threshold and the default gate. */
  readonly rules?: Rules;
  /** Longest wait for a process to load its model, ms; the first load on a small board is slow. */
  readonly loadTimeoutMs?: number;
  readonly backoff?: Backoff;
  /** Retry intervals for a bundle from which no model could be loaded. */
  readonly retryBackoff?: Backoff;
  readonly entry?: string | undefined;
  readonly spawn?: SpawnInference;
  /** Reads and verifies the bundle; throws if it is invalid. */
  readonly checkBundle?: (dir: string) => Promise<unknown>;
}

const LOAD_TIMEOUT_MS = 300_000;

/** The first restart is immediate, because a single crash is most likely caused by one bad image. */
const BACKOFF = { steps: [0, 500, 2_000, 5_000, 15_000, 60_000], jitter: 0.1, random: Math.random };

/** A bundle may be installed, and memory become free, at any time: without a model the kiosk keeps retrying. */
const RETRY = { steps: [5_000, 15_000, 30_000, 60_000], jitter: 0.1, random: Math.random };

/**
 * Supervises one inference process and communicates with it. If it dies, its pending requests fail; the process is
 * restarted with back-off, which resets once a request has been answered.
 */
export class InferenceClassifier implements Classifier, FrameInspector, FramingInspector, Thumbnailer {
  readonly name = 'inference';
  readonly #options: InferenceClassifierOptions;
  readonly #backoff: Backoff;
  readonly #retryBackoff: Backoff;
  readonly #statuses = new Emitter<ClassifierStatus>();
  /** As loaded, whatever rules are in use. */
  #status: ClassifierStatus = { state: 'loading' };
  #rules: Rules;
  #running = false;
  #child: InferenceChild | undefined;
  #trying: EngineName | undefined;
  #avoid: AvoidedEngine[] = [];
  #selfTest: ModelSelfTestReport | undefined;
  #vitals: Promise<Vitals> | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(options: InferenceClassifierOptions) {
    this.#options = options;
    this.#rules = options.rules ?? {
      operatingPoint: '',
      prevalence: CARD_PREVALENCE,
      gate: DEFAULT_GATE,
    };
    this.#backoff = options.backoff ?? new Backoff(BACKOFF);
    this.#retryBackoff = options.retryBackoff ?? new Backoff(RETRY);
  }

  /** Starts the process; the model loads in the background, see `status()`. */
  start(): Promise<void> {
    this.#running = true;
    if (this.#status.state !== 'loading') this.#setStatus({ state: 'loading' });
    this.#spawn();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelTimer();
    const child = this.#child;
    this.#child = undefined;
    await child?.stop();
  }

  status(): ClassifierStatus {
    if (this.#status.state !== 'ready') return this.#status;
    const model = this.#stated(this.#status.model);
    const card = cardInUse(model.card, this.#rules.operatingPoint);
    const isAsLoaded = card === model.card && model === this.#status.model;
    return isAsLoaded ? this.#status : { state: 'ready', model: { ...model, card } };
  }

  #stated(model: LoadedModel): LoadedModel {
    const prevalence = prevalenceOf(this.#rules.prevalence, referencePrevalence(model.card));
    return prevalence === undefined ? model : { ...model, prevalence };
  }

  /** Applies from the next request. Must not be called during a session: the rules do not change within a session. */
  setRules(rules: Rules): void {
    this.#rules = rules;
    this.#statuses.emit(this.status());
  }

  /** The operating points of the loaded card, with its own default; thresholds at the stated prevalence. */
  operatingPoints(): Card['operatingPoints'] {
    return this.#status.state === 'ready' ? statedPoints(this.#stated(this.#status.model)) : [];
  }

  /** Which of the requested rules the loaded model cannot apply. */
  warning(): string | undefined {
    const { operatingPoint: asked, prevalence } = this.#rules;
    if (this.#status.state === 'ready' && prevalence !== CARD_PREVALENCE) {
      if (referencePrevalence(this.#status.model.card) === undefined)
        return `the model card states no class frequencies: the prevalence “${prevalence}” has no effect`;
    }
    const names = this.operatingPoints().map(({ name }) => name);
    if (asked === '' || names.length === 0 || names.includes(asked)) return undefined;
    return `the model card has no operating point “${asked}”: using its default (available: ${names.join(', ')})`;
  }

  onStatus(listener: (status: ClassifierStatus) => void): () => void {
    return this.#statuses.on(listener);
  }

  /** Results of the loaded model's self-test; present while the status is `ready`. */
  selfTest(): ModelSelfTestReport | undefined {
    return this.#selfTest;
  }

  /** Process id of the inference process, if it runs: for monitoring its memory. */
  pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Needs the process but no model: image problems can be reported without one. */
  async assess(burst: readonly Uint8Array[], signal: AbortSignal): Promise<GateResult> {
    if (this.#status.state === 'loading') throw stillLoading();
    return this.#work({ kind: 'assess', burst, gate: this.#rules.gate }, signal);
  }

  async classify(picture: Uint8Array, signal: AbortSignal, mmPerPixel?: number): Promise<Classification> {
    if (this.#status.state === 'loading') throw stillLoading();
    if (this.#status.state === 'none') throw new KioskError('model/none', this.#status.reason);
    return this.#work({ kind: 'classify', picture, rules: this.#rules, mmPerPixel }, signal);
  }

  /** Needs the process but no model, like `assess`. */
  async inspect(picture: Uint8Array, signal: AbortSignal): Promise<FrameInspection> {
    if (this.#status.state === 'loading') throw stillLoading();
    return this.#work({ kind: 'inspect', picture, gate: this.#rules.gate }, signal);
  }

  /** Proves nothing about the process: it must not reset the back-off of one that fails at every press. */
  async look(
    picture: Uint8Array,
    { locate }: { readonly locate: boolean },
    signal: AbortSignal,
  ): Promise<FramingLook> {
    if (this.#status.state === 'loading') throw stillLoading();
    return this.#request({ kind: 'look', picture, rules: this.#rules, locate }, signal);
  }

  /** Needs the process but no model, like `assess`. */
  async thumbnail(picture: Uint8Array, side: number, signal: AbortSignal): Promise<Uint8Array> {
    if (this.#status.state === 'loading') throw stillLoading();
    return this.#work({ kind: 'thumbnail', picture, side }, signal);
  }

  /** Concurrent callers share one response, so that frequent calls never delay a press. */
  async vitals(): Promise<Vitals> {
    if (this.#status.state === 'loading') throw stillLoading();
    this.#vitals ??= this.#request({ kind: 'vitals' }, new AbortController().signal).finally(() => {
      this.#vitals = undefined;
    });
    return this.#vitals;
  }

  /** Only work proves a process healthy: one that crashes on every image can still report its vitals. */
  async #work<W extends InferenceTask>(work: W, signal: AbortSignal): Promise<InferenceAnswers[W['kind']]> {
    const answer = await this.#request(work, signal);
    this.#backoff.reset();
    return answer;
  }

  async #request<W extends InferenceTask>(
    work: W,
    signal: AbortSignal,
  ): Promise<InferenceAnswers[W['kind']]> {
    if (this.#child === undefined)
      throw new KioskError('inference/died', 'the inference process is not running');
    return (await this.#child.request(work, signal)) as InferenceAnswers[W['kind']];
  }

  #spawn(): void {
    const { bundleDir, engine, entry, clock, timeoutMs } = this.#options;
    const spawn = this.#options.spawn ?? ((settings) => spawnInference(settings, entry));
    const child = new InferenceChild(spawn({ bundleDir, engine, avoid: this.#avoid }), { clock, timeoutMs });
    this.#child = child;
    this.#trying = undefined;
    const limitMs = this.#options.loadTimeoutMs ?? LOAD_TIMEOUT_MS;
    this.#cancelTimer = clock.after(limitMs, () => {
      child.kill(`it did not load within ${limitMs} ms`);
    });
    child.watch(
      (message) => {
        if (this.#child === child) this.#receive(message, child);
      },
      (how) => {
        if (this.#child === child) this.#ended(how);
      },
    );
  }

  #receive(message: Exclude<InferenceMessage, { id: number }>, child: InferenceChild): void {
    const { log } = this.#options;
    if (message.kind === 'trying') {
      this.#trying = message.engine;
      return;
    }
    this.#trying = undefined;
    this.#cancelTimer();
    if (message.kind === 'ready') {
      const { identity, engineReason } = message.model;
      log.info({ model: identity, engineReason, selfTest: message.selfTest }, 'model ready');
      this.#selfTest = message.selfTest;
      this.#retryBackoff.reset();
      this.#setStatus({ state: 'ready', model: message.model });
      const warning = this.warning();
      if (warning !== undefined) log.warn({ warning }, 'the model could not apply a setting');
    } else {
      this.#noModel(message.reason);
      this.#lookAgain(child);
    }
  }

  /** The same reason as before is not a change. */
  #noModel(reason: string): void {
    if (this.#status.state === 'none' && this.#status.reason === reason) return;
    this.#options.log.error({ reason }, 'no model');
    this.#setStatus({ state: 'none', reason });
  }

  /**
   * Re-reads the bundle after a while. Once it is valid, a new process loads it, because a native library that failed
   * to load fails again in the same process.
   */
  #lookAgain(child: InferenceChild): void {
    const { bundleDir, clock, checkBundle = loadBundle } = this.#options;
    const current = (): boolean => this.#running && this.#child === child;
    this.#cancelTimer = clock.after(this.#retryBackoff.next(), () => {
      checkBundle(bundleDir).then(
        () => {
          if (current()) this.#replace(child);
        },
        (error: unknown) => {
          if (!current()) return;
          this.#noModel(describe(error));
          this.#lookAgain(child);
        },
      );
    });
  }

  /** The new process may try all engines again. Requests pending in the old one fail as if it had died. */
  #replace(child: InferenceChild): void {
    this.#child = undefined;
    child.kill('the model is being reloaded');
    this.#avoid = [];
    this.#spawn();
  }

  #ended(how: string): void {
    const { clock, log, engine } = this.#options;
    this.#child = undefined;
    this.#selfTest = undefined;
    this.#cancelTimer();
    const crashed = this.#trying;
    if (crashed !== undefined && engine === 'auto') {
      // Loading a native library may crash the process (if built for another processor); the other engine may still
      // work.
      this.#avoid = [
        ...this.#avoid,
        { engine: crashed, reason: `the process ended while loading it: ${how}` },
      ];
    } else if (this.#status.state === 'ready') {
      this.#setStatus({ state: 'loading' });
    } else {
      this.#setStatus({ state: 'none', reason: `the inference process ended before it had a model: ${how}` });
    }
    const waitMs = this.#backoff.next();
    log.error({ how, engine: crashed, restartInMs: Math.round(waitMs) }, 'the inference process ended');
    this.#cancelTimer = clock.after(waitMs, () => {
      if (this.#running) this.#spawn();
    });
  }

  #setStatus(status: ClassifierStatus): void {
    this.#status = status;
    this.#statuses.emit(this.status());
  }
}

function stillLoading(): KioskError {
  return new KioskError('model/loading', 'the model is still loading');
}
