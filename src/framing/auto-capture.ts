import type { Clock } from '../lib/clock.ts';
import { codeOf } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import type { Logger } from '../lib/logger.ts';
import type { Framing } from '../protocol/framing.ts';
import type { PressControl } from '../session/port.ts';

export interface AutoCaptureParts {
  readonly framing: { onChange(listener: (framing: Framing | undefined) => void): () => void };
  readonly button: PressControl;
  readonly enabled: boolean;
  /** Whether nothing else has to be decided first. */
  readonly mayCapture: () => boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How long the framing must be good before a capture, ms. */
const GOOD_FOR_MS = 1_000;
/** How long it must not be good before the next capture, ms: the dermatoscope has left the lesion. */
const AWAY_FOR_MS = 500;

/** Presses by itself once the framing has been good for a second; then not again until the dermatoscope has been moved away. */
export class AutoCapture implements Service {
  readonly name = 'auto capture';
  readonly #parts: AutoCaptureParts;
  #enabled: boolean;
  #armed = false;
  #goodSince: number | undefined;
  #awaySince: number | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(parts: AutoCaptureParts) {
    this.#parts = parts;
    this.#enabled = parts.enabled;
  }

  start(): Promise<void> {
    this.#unsubscribe = this.#parts.framing.onChange((framing) => {
      if (this.#enabled) this.#see(framing);
    });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#unsubscribe();
    return Promise.resolve();
  }

  /** Begins disarmed: switching it on in front of a lesion must not capture it. */
  setEnabled(on: boolean): void {
    this.#enabled = on;
    this.#armed = false;
    this.#goodSince = undefined;
    this.#awaySince = undefined;
  }

  #see(framing: Framing | undefined): void {
    const now = this.#parts.clock.monotonic();
    if (framing === undefined) {
      // A session, or no picture: neither good nor away.
      this.#goodSince = undefined;
      this.#awaySince = undefined;
      return;
    }
    if (framing.reason !== undefined) {
      this.#goodSince = undefined;
      this.#awaySince ??= now;
      if (now - this.#awaySince >= AWAY_FOR_MS) this.#armed = true;
      return;
    }
    this.#awaySince = undefined;
    this.#goodSince ??= now;
    if (this.#armed && now - this.#goodSince >= GOOD_FOR_MS && this.#parts.mayCapture()) this.#capture();
  }

  #capture(): void {
    this.#armed = false;
    try {
      this.#parts.button.press();
    } catch (error) {
      this.#parts.log.debug({ code: codeOf(error) }, 'automatic capture refused');
    }
  }
}
