import type { Camera, Frame } from '../camera/port.ts';
import type { FramingInspector } from '../classifier/port.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { codeOf } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { Framing } from '../protocol/framing.ts';
import type { SessionControl } from '../session/port.ts';

export interface FramingWatchParts {
  readonly camera: Pick<Camera, 'onFrame' | 'onStatus' | 'status'>;
  readonly classifier: FramingInspector;
  readonly session: Pick<SessionControl, 'session' | 'onChange'>;
  /** What is aimed at for an overview image is no lesion that a press would find. */
  readonly overview: { isOpen(): boolean; onChange(listener: () => void): () => void };
  /** Otherwise nothing is ever looked at. */
  readonly enabled: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Shortest time from one look to the next, ms. */
const LOOK_EVERY_MS = 150;
/** Shortest time from one look with the network to the next, ms. */
const LOCATE_EVERY_MS = 1_000;
/** A look with the network, as a fraction of the time until the next, in processor time. */
const LOCATE_SHARE = 0.1;
/** Of one core, in the mean. */
const SHARE_OF_CORE = 0.22;
/** How far processor time may run ahead of its share, ms of waiting. */
const AHEAD_MS = 500;
/** After an error, ms: a camera that sends broken frames must not be looked at six times a second. */
const AFTER_ERROR_MS = 1_000;

/**
 * Looks at the live image a few times per second as long as somebody frames a lesion, and reports what a press would find. It looks only while
 * the kiosk is ready, so that a press finds the inference process free within the time of its own burst.
 */
export class FramingWatch implements Service {
  readonly name = 'framing';
  readonly #parts: FramingWatchParts;
  readonly #changes = new Emitter<Framing | undefined>();
  #subscriptions: (() => void)[] = [];
  #watched = false;
  #framing: Framing | undefined;
  #looking: AbortController | undefined;
  #nextAt = 0;
  #locateAt = 0;
  /** The time at which the processor time spent so far has been earned. */
  #earnedAt = 0;

  constructor(parts: FramingWatchParts) {
    this.#parts = parts;
  }

  start(): Promise<void> {
    const { camera, session, overview } = this.#parts;
    this.#subscriptions = [
      camera.onFrame((frame) => {
        if (this.#isDue(frame)) void this.#look(frame);
      }),
      camera.onStatus(({ state }) => {
        if (state !== 'live') this.#blind();
      }),
      session.onChange(({ state }) => {
        if (state !== 'ready') this.#blind();
      }),
      overview.onChange(() => {
        if (overview.isOpen()) this.#blind();
      }),
    ];
    return Promise.resolve();
  }

  stop(): Promise<void> {
    for (const unsubscribe of this.#subscriptions.splice(0)) unsubscribe();
    this.#blind();
    return Promise.resolve();
  }

  /** Whether any screen shows the live image; nothing is looked at otherwise. */
  setWatched(on: boolean): void {
    this.#watched = on && this.#parts.enabled;
    if (!this.#watched) this.#blind();
  }

  /** `undefined` while nothing is known. */
  current(): Framing | undefined {
    return this.#framing;
  }

  onChange(listener: (framing: Framing | undefined) => void): () => void {
    return this.#changes.on(listener);
  }

  #isDue({ receivedAt }: Frame): boolean {
    return (
      this.#watched &&
      this.#looking === undefined &&
      receivedAt >= this.#nextAt &&
      this.#earnedAt - receivedAt <= AHEAD_MS &&
      this.#parts.session.session().state === 'ready' &&
      !this.#parts.overview.isOpen()
    );
  }

  async #look({ jpeg, receivedAt }: Frame): Promise<void> {
    const { classifier, clock, log } = this.#parts;
    const looking = new AbortController();
    this.#looking = looking;
    const locate = receivedAt >= this.#locateAt;
    try {
      const { framing, cpuMs, located } = await classifier.look(jpeg, { locate }, looking.signal);
      this.#spent(receivedAt, cpuMs, located);
      if (!looking.signal.aborted) this.#become(framing);
    } catch (error) {
      if (looking.signal.aborted) return;
      log.debug({ code: codeOf(error) }, 'could not look at a frame');
      this.#nextAt = clock.monotonic() + AFTER_ERROR_MS;
      this.#become(undefined);
    } finally {
      if (this.#looking === looking) this.#looking = undefined;
    }
  }

  #spent(at: number, cpuMs: number, located: boolean): void {
    this.#nextAt = at + LOOK_EVERY_MS;
    this.#earnedAt = Math.max(this.#earnedAt, at) + cpuMs / SHARE_OF_CORE;
    if (located) this.#locateAt = at + Math.max(LOCATE_EVERY_MS, cpuMs / LOCATE_SHARE);
  }

  /** The response of a look under way is dropped: it belongs to what was there before. */
  #blind(): void {
    this.#looking?.abort(new Error('nobody is framing a lesion'));
    this.#looking = undefined;
    this.#locateAt = 0;
    this.#become(undefined);
  }

  #become(framing: Framing | undefined): void {
    if (framing === undefined && this.#framing === undefined) return;
    this.#framing = framing;
    this.#changes.emit(framing);
  }
}
