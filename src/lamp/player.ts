import type { Clock } from '../lib/clock.ts';
import { codeOf, describe } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { View } from '../protocol/view.ts';
import { BLINK_MS, lampSignal, lightAt, type LampSignal } from './patterns.ts';
import type { OpenedLamp } from './opening.ts';
import type { Lamp, LampStatus } from './port.ts';

interface Options {
  /** A started lamp; `undefined` if the kiosk has none: then feedback is by screen and sound only. */
  readonly openLamp: () => Promise<OpenedLamp | undefined>;
  readonly view: { current(): View; onChange(listener: () => void): () => void };
  readonly clock: Clock;
  readonly log: Logger;
}

/** Shows the View's signal on the lamp. A failure is reported once; the kiosk continues without the lamp. */
export class LampPlayer implements Service {
  readonly name = 'lamp';
  readonly #options: Options;
  #lamp: Lamp | undefined;
  #status: LampStatus = { state: 'none' };
  #signal: LampSignal | undefined;
  #since = 0;
  #blinkUntil = Number.NEGATIVE_INFINITY;
  #testSince = 0;
  #testUntil = Number.NEGATIVE_INFINITY;
  #cancel: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { openLamp, view, log } = this.#options;
    try {
      const opened = await openLamp();
      if (opened === undefined) return;
      this.#lamp = opened.lamp;
      this.#status = { state: 'ready', location: opened.reason };
      log.info({ lamp: opened.reason }, 'lamp ready');
    } catch (error) {
      log.warn({ code: codeOf(error), error: describe(error) }, 'no lamp');
      this.#status = { state: 'failed', reason: describe(error) };
      return;
    }
    this.#unsubscribe = view.onChange(() => {
      this.#follow();
    });
    this.#follow();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancel();
    const lamp = this.#lamp;
    this.#lamp = undefined;
    await lamp?.stop();
  }

  /** Acknowledges a press that does not start anything yet. */
  blink(): void {
    this.#blinkUntil = this.#options.clock.monotonic() + BLINK_MS;
    this.#play();
  }

  status(): LampStatus {
    return this.#status;
  }

  /** Blinks for a while, overriding the signal, so that a person can check whether it lights. */
  test(ms: number): void {
    this.#testSince = this.#options.clock.monotonic();
    this.#testUntil = this.#testSince + ms;
    this.#play();
  }

  #follow(): void {
    const signal = lampSignal(this.#options.view.current());
    if (signal === this.#signal) return;
    this.#signal = signal;
    this.#since = this.#options.clock.monotonic();
    this.#play();
  }

  #play(): void {
    this.#cancel();
    if (this.#lamp === undefined || this.#signal === undefined) return;
    const { clock, log } = this.#options;
    const now = clock.monotonic();
    const testMs = this.#testUntil - now;
    const { lit, forMs } =
      testMs > 0 ? lightAt('fault', now - this.#testSince) : lightAt(this.#signal, now - this.#since);
    const blinkMs = this.#blinkUntil - now;
    try {
      this.#lamp.light(blinkMs > 0 ? !lit : lit);
    } catch (error) {
      log.warn({ error: describe(error) }, 'the lamp failed; continuing without it');
      this.#status = { state: 'failed', reason: describe(error) };
      void this.stop();
      return;
    }
    const nextMs = Math.min(forMs, ...[blinkMs, testMs].filter((ms) => ms > 0));
    if (nextMs === Infinity) return;
    this.#cancel = clock.after(nextMs, () => {
      this.#play();
    });
  }
}
