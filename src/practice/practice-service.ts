import { captureBurst } from '../camera/burst.ts';
import type { Classifier, FramingInspector } from '../classifier/port.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { codeOf, describe, KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { PracticeAction, PracticeView } from '../protocol/practice.ts';
import { isFaultCode, type RetakeReason } from '../protocol/reasons.ts';
import type { SessionControl } from '../session/port.ts';
import type { PracticeControl } from './port.ts';
import type { PracticeCamera } from './practice-camera.ts';
import { FIRST, sceneOf, step, type PracticeEvent } from './steps.ts';

/**
 * Frames of one press. A burst of the blurred scene, on a slow board, would be taken for one that was moved: the phantom sways between
 * frames that are far apart.
 */
const BURST = 1;
/** Longest wait for them, ms: the press may come while the camera of the next scene starts. */
const CAPTURE_MS = 10_000;
/** Practice that nobody goes on with ends by itself, also where the screen is never cleared, ms. */
const ABANDONED_MS = 600_000;

export interface PracticeParts {
  readonly camera: PracticeCamera;
  readonly classifier: Pick<Classifier, 'assess'> & FramingInspector;
  readonly session: Pick<SessionControl, 'session'>;
  readonly context: { clear(reason: 'by-hand'): void };
  readonly overview: { isOpen(): boolean };
  /** Somebody is present. */
  readonly touched: () => void;
  /** Acknowledges a press that starts nothing. */
  readonly blink: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Practice on simulated images. A press runs the quality gate and nothing else: no session is opened, nothing is written, and no score
 * is calculated. The kiosk's own camera is not touched.
 */
export class PracticeService implements PracticeControl, Service {
  readonly name = 'practice';
  readonly #parts: PracticeParts;
  readonly #changes = new Emitter<undefined>();
  #now: PracticeView | undefined;
  /** Ends the check under way. */
  #checking: AbortController | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: PracticeParts) {
    this.#parts = parts;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.end();
    await this.#parts.camera.stop();
  }

  current(): PracticeView | undefined {
    return this.#now;
  }

  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  act(action: PracticeAction): void {
    if (action === 'begin') this.#begin();
    else if (this.#now === undefined) throw new KioskError('request/invalid', 'nobody practises');
    else this.#take({ type: action });
  }

  /** No effect while nobody practises. */
  end(): void {
    if (this.#now !== undefined) this.#become(undefined);
  }

  /**
   * A press of the button, in place of a capture.
   *
   * @param at time of the press, monotonic, ms
   * @throws KioskError `session/busy` while an image is checked
   */
  press(at: number): void {
    if (this.#now?.state === 'checking') {
      this.#parts.blink();
      throw new KioskError('session/busy', 'an image of practice is being checked');
    }
    this.#take({ type: 'pressed' });
    void this.#check(at);
  }

  /** The patient is cleared: nobody may be on the screen beside simulated images. */
  #begin(): void {
    const { session, context, overview } = this.#parts;
    if (overview.isOpen()) throw new KioskError('overview/under-way', 'an overview image is being taken');
    if (session.session().state !== 'ready') throw new KioskError('session/busy', 'a session is in progress');
    context.clear('by-hand');
    this.#parts.touched();
    this.#become(FIRST);
  }

  #take(event: PracticeEvent): void {
    if (this.#now === undefined) return;
    this.#parts.touched();
    this.#become(step(this.#now, event));
  }

  async #check(at: number): Promise<void> {
    const checking = new AbortController();
    this.#checking = checking;
    let event: PracticeEvent;
    try {
      event = { type: 'checked', reason: await this.#reasonOf(at, checking.signal) };
    } catch (error) {
      const code = codeOf(error);
      if (!checking.signal.aborted) this.#parts.log.warn({ code, error: describe(error) }, 'practice failed');
      event = { type: 'failed', code: isFaultCode(code) ? code : 'internal/error' };
    }
    if (!checking.signal.aborted) this.#take(event);
  }

  /** Why a press would end in a retake; the lesion is located, but not classified. */
  async #reasonOf(at: number, signal: AbortSignal): Promise<RetakeReason | undefined> {
    const { camera, classifier, clock } = this.#parts;
    const frames = await captureBurst(camera, {
      ...{ count: BURST, notBefore: at, timeoutMs: CAPTURE_MS, clock, signal },
    });
    const assessment = await classifier.assess(
      frames.map(({ jpeg }) => jpeg),
      signal,
    );
    if (!assessment.fit) return assessment.reason;
    const best = frames[assessment.best];
    if (best === undefined) throw new KioskError('inference/failed', 'the best frame is not in the burst');
    return (await classifier.look(best.jpeg, { locate: true }, signal)).framing.reason;
  }

  #become(next: PracticeView | undefined): void {
    if (next === this.#now) return;
    if (next?.state !== 'checking') {
      this.#checking?.abort(new KioskError('session/aborted', 'practice has gone on'));
      this.#checking = undefined;
    }
    const { camera } = this.#parts;
    // While its status still counts: nothing of practice may be taken for what the kiosk's own camera shows.
    if (next === undefined) camera.show(undefined);
    this.#now = next;
    if (next !== undefined) camera.show(sceneOf(next));
    this.#cancelTimer();
    if (next !== undefined)
      this.#cancelTimer = this.#parts.clock.after(ABANDONED_MS, () => {
        this.end();
      });
    this.#changes.emit(undefined);
  }
}
