import { Emitter } from '../lib/emitter.ts';
import { codeOf, describe, KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { OpinionCommand } from '../protocol/assessments.ts';
import type { AnswerCommand } from '../protocol/context.ts';
import type { Disposed, SessionView } from '../protocol/view.ts';
import type { ImageWithMask } from '../retention/port.ts';
import type { SessionSubject } from '../store/port.ts';
import { answerEvent, opinionEvent } from './answer.ts';
import { acceptsPress, READY, step, type Effect, type Event, type State } from './machine.ts';
import type { CaptureRequest, SessionControl } from './port.ts';
import { recordOf, recordOfEnding } from './record.ts';
import { SessionLog } from './session-log.ts';
import { CurrentImage } from './current-image.ts';
import { assess, capture, classify, disarm, faultCode, newJob, timingsOf, type Job } from './stages.ts';
import type { SessionRunnerOptions, SessionSettings } from './options.ts';
import { pressOverview, refuseDuringOverview } from './overview-gate.ts';
import { viewOf } from './view.ts';
import { SessionWaiters, type SessionEnd } from './session-waiters.ts';

type EffectOf<Type extends Effect['type']> = Extract<Effect, { type: Type }>;

/** How long the clinician's opinion is waited for, ms; then the result is shown without one. */
const OPINION_MS = 120_000;

/** Executes the effects of the state machine, one session at a time. The frame is held here and nowhere else. */
export class SessionRunner implements SessionControl, Service {
  readonly name = 'session';
  readonly #options: SessionRunnerOptions;
  readonly #changes = new Emitter<SessionView>();
  readonly #waiting = new SessionWaiters();
  #settings: SessionSettings;
  #state: State = READY;
  #events: Event[] = [];
  #dispatching = false;
  #job: Job | undefined;
  readonly #shown: CurrentImage;
  #unsubscribe: () => void = () => undefined;
  readonly #rows: SessionLog;
  #stopped = false;
  #disposed: Disposed | undefined;

  constructor(options: SessionRunnerOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#shown = new CurrentImage(options);
    this.#rows = new SessionLog(options);
  }

  start(): Promise<void> {
    this.#stopped = false;
    this.#unsubscribe = this.#options.images.onChange((id) => {
      if (this.#state.name === 'showing' && this.#state.session.id === id) this.#changes.emit(this.session());
    });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#dispatch({ type: 'stopped' });
    return Promise.resolve();
  }

  /** From the next session on. */
  setSettings(settings: SessionSettings): void {
    this.#settings = settings;
  }

  press(request: CaptureRequest): { readonly id: string } {
    if (this.#stopped) throw new KioskError('session/aborted', 'the kiosk is being stopped');
    if (this.#options.overview?.isOpen() === true)
      return pressOverview(this.#options.overview, request, this.#rows);
    // Whoever presses again has not answered.
    if (this.#state.name === 'asking' || this.#state.name === 'opinion') this.#dispatch({ type: 'left' });
    const id = this.#options.newId();
    const accepted = acceptsPress(this.#state) && this.#job === undefined;
    if (accepted) {
      this.#job = newJob(id, request, this.#subject(request));
      this.#waiting.add(id);
    }
    const asks = accepted ? (this.#options.questions?.(request) ?? []) : [];
    const blind = accepted && this.#options.blind?.(request) === true ? ({ blind: true } as const) : {};
    this.#dispatch({ type: 'pressed', id, source: request.source, asks, ...blind });
    if (!accepted) throw new KioskError('session/busy', 'a session is in progress');
    return { id };
  }

  finished(id: string): Promise<SessionEnd> {
    return this.#waiting.wait(id);
  }

  accept(): void {
    this.#require(this.#state.name === 'showing', 'there is no result to accept');
    this.#dispatch({ type: 'accepted' });
  }

  discard(): void {
    this.#require(this.#state.name === 'showing', 'there is no result to discard');
    this.#dispatch({ type: 'discarded' });
  }

  dismiss(): void {
    this.#require(['retake', 'fault'].includes(this.#state.name), 'there is nothing to dismiss');
    this.#dispatch({ type: 'dismissed' });
  }

  answer(answer: AnswerCommand): void {
    this.#dispatch(answerEvent(this.#state, answer, this.#options.contraIndicated));
  }

  giveOpinion(opinion: OpinionCommand, operator?: string): void {
    this.#dispatch(opinionEvent(this.#state, opinion, operator));
  }

  leave(): void {
    this.#dispatch({ type: 'left' });
  }

  shown(id: string): ImageWithMask | undefined {
    const isOf = 'session' in this.#state && this.#state.session.id === id;
    return isOf && ['showing', 'opinion', 'retake'].includes(this.#state.name) ? this.#shown.held : undefined;
  }

  async keepPicture(id: string): Promise<void> {
    const shown = this.shown(id);
    // Consent is asked for with the result.
    if (shown === undefined || this.#state.name !== 'showing')
      throw new KioskError('session/picture-gone', 'the image is no longer on the screen');
    await this.#options.images.keep(id, shown, 'consent');
  }

  session(): SessionView {
    const view = viewOf(this.#state, this.#options.images);
    return view.state === 'ready' && this.#disposed !== undefined
      ? { ...view, disposed: this.#disposed }
      : view;
  }

  onChange(listener: (session: SessionView) => void): () => void {
    return this.#changes.on(listener);
  }

  #require(condition: boolean, problem: string): void {
    refuseDuringOverview(this.#options.overview);
    if (!condition) throw new KioskError('request/invalid', problem);
  }

  /** Events raised by effects are queued; listeners see the state after all have been processed. */
  #dispatch(event: Event): void {
    this.#events.push(event);
    if (this.#dispatching) return;
    this.#dispatching = true;
    const before = this.#state;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        const { state, effects } = step(this.#state, next);
        this.#state = state;
        for (const effect of effects) this.#run(effect);
      }
    } finally {
      this.#dispatching = false;
    }
    if (this.#state !== before) this.#changes.emit(this.session());
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'open':
        this.#open(effect);
        break;
      case 'capture':
        this.#work('capture', (job) => capture(job, this.#parts()));
        break;
      case 'assess':
        this.#work('assess', (job) => this.#assess(job));
        break;
      case 'classify':
        this.#work('classify', (job) => this.#classify(job, effect.best));
        break;
      case 'record':
        this.#record(effect);
        break;
      case 'close':
        this.#close(effect);
        break;
      case 'dispose':
        this.#dispose(effect);
        break;
      case 'ignorePress':
        this.#options.blink();
        this.#rows.pressIgnored({ source: effect.source }, this.#numberedId());
        break;
      case 'cancel':
        this.#job?.abort.abort(new KioskError('session/aborted', 'the session was aborted'));
        break;
      case 'armTimer':
        this.#after(this.#settings.sessionTimeoutMs, (id) => this.#tookTooLong(id));
        break;
      case 'armOpinionTimer':
        this.#after(OPINION_MS, (id) => ({ type: 'opined', id, opinion: null }));
        break;
      case 'disarmTimer':
        this.#withJob((job) => {
          disarm(job, this.#options.clock);
        });
        break;
      case 'dropPicture':
        this.#shown.drop();
        break;
      case 'settle':
        this.#settle();
    }
  }

  /** A disallowed session is treated like a press that starts nothing, with the reason. */
  #subject({ source }: CaptureRequest): SessionSubject {
    try {
      return this.#options.subject();
    } catch (error) {
      this.#options.blink();
      this.#rows.pressIgnored({ source, reason: codeOf(error) });
      throw error;
    }
  }

  #open({ session }: EffectOf<'open'>): void {
    this.#disposed = undefined;
    this.#write('open', (job) => ({
      type: 'opened',
      id: job.id,
      ...this.#rows.open({ ...session, ...job.subject }),
    }));
  }

  /** A rejected image is held to be shown; any other, once it is classified. */
  async #assess(job: Job): Promise<Event> {
    const { event, rejected } = await assess(job, this.#options);
    if (!job.abort.signal.aborted) this.#shown.hold(rejected);
    return event;
  }

  async #classify(job: Job, best: number): Promise<Event> {
    const picture = job.burst[best];
    this.#shown.hold(picture);
    job.burst = [];
    const { event, mask } = await classify(job, picture, this.#parts());
    this.#shown.addMask(picture, mask);
    return event;
  }

  #parts(): SessionRunnerOptions {
    return { ...this.#options, settings: this.#settings };
  }

  #record({ conclusion }: EffectOf<'record'>): void {
    const { clock } = this.#options;
    this.#write('record', (job) => {
      this.#rows.conclude(recordOf(job.id, conclusion, timingsOf(job, clock), clock.wall()));
      if (conclusion.kind === 'answer') this.#shown.keepIfAlways(job.id);
      return { type: 'recorded', id: job.id };
    });
  }

  #close({ ending }: EffectOf<'close'>): void {
    this.#withJob((job) => {
      this.#rows.end(recordOfEnding(job.id, ending, timingsOf(job, this.#options.clock)));
    });
  }

  #after(ms: number, eventOf: (id: string) => Event): void {
    this.#withJob((job) => {
      job.cancelTimer = this.#options.clock.after(ms, () => {
        this.#dispatch(eventOf(job.id));
      });
    });
  }

  #tookTooLong(id: string): Event {
    this.#options.log.warn({ session: id, state: this.#state.name }, 'the session took too long');
    return { type: 'timedOut', id };
  }

  #settle(): void {
    this.#withJob(({ id }) => {
      this.#waiting.settle(id, this.session());
    });
    this.#job = undefined;
  }

  /** The current session, once it is in the store and journal rows can refer to it. */
  #numberedId(): string | undefined {
    return 'session' in this.#state && this.#state.session.number !== undefined
      ? this.#state.session.id
      : undefined;
  }

  #withJob(run: (job: Job) => void): void {
    if (this.#job !== undefined) run(this.#job);
  }

  /** A stage that takes time: it is timed, and its result or error becomes an event. */
  #work(stage: string, run: (job: Job) => Promise<Event>): void {
    this.#withJob((job) => {
      const { clock } = this.#options;
      const startedAt = clock.monotonic();
      void run(job)
        .catch((error: unknown) => this.#rows.failed(job, stage, error))
        .then((event) => {
          job.timings[stage] = clock.monotonic() - startedAt;
          this.#dispatch(event);
        });
    });
  }

  /** A write that the session depends on: its outcome continues or fails the session. */
  #write(stage: string, write: (job: Job) => Event): void {
    this.#withJob((job) => {
      const { clock } = this.#options;
      const startedAt = clock.monotonic();
      let event: Event;
      try {
        event = write(job);
      } catch (error) {
        event = this.#rows.failed(job, stage, error);
      }
      job.timings[stage] = clock.monotonic() - startedAt;
      this.#dispatch(event);
    });
  }

  #dispose({ id, disposition }: EffectOf<'dispose'>): void {
    try {
      this.#options.store.addDisposition(id, disposition);
      if (disposition === 'discarded') this.#shown.removeDiscarded(id);
      const number = 'session' in this.#state ? this.#state.session.number : undefined;
      this.#disposed = { id, disposition, ...(number === undefined ? {} : { number }) };
      this.#dispatch({ type: 'recorded', id });
    } catch (error) {
      const fields = { session: id, code: codeOf(error), error: describe(error) };
      this.#options.log.error(fields, 'could not write the disposition');
      this.#dispatch({ type: 'failed', id, code: faultCode(error) });
    }
  }
}
