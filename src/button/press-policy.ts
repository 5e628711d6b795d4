import type { Config } from '../config/schema.ts';
import { codeOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { SessionControl } from '../session/port.ts';
import type { GestureTimes } from './gestures.ts';

/** A key down for this long is stuck, ms. */
const STUCK_MS = 10_000;

/** Presses closer together than this are never meant as two captures, ms. */
const DOUBLE_PRESS_MS = 500;

/** The gesture timing of these settings; `doublePressMs` in place of the usual time. */
export function gestureTimes(
  config: Pick<Config, 'buttonDebounceMs' | 'buttonLongPressMs'>,
  doublePressMs = DOUBLE_PRESS_MS,
): GestureTimes {
  return {
    debounceMs: config.buttonDebounceMs,
    longPressMs: config.buttonLongPressMs,
    stuckMs: STUCK_MS,
    doublePressMs,
  };
}

interface PressPolicyOptions {
  readonly config: Pick<Config, 'buttonLongPressMs'>;
  readonly session: SessionControl;
  readonly log: Logger;
}

/**
 * What presses do to the session: a press captures; held over a result, a retake or a fault it leaves what is shown.
 */
export class PressPolicy {
  readonly #options: PressPolicyOptions;

  constructor(options: PressPolicyOptions) {
    this.#options = options;
  }

  /** Whether holding would leave what is shown now, so that a press has to wait for its release. */
  waitsForRelease(): boolean {
    const { config, session } = this.#options;
    return config.buttonLongPressMs > 0 && ['showing', 'retake', 'fault'].includes(session.session().state);
  }

  /**
   * Starts a session.
   *
   * @param at time of the press, monotonic, ms
   * @throws KioskError as `SessionControl.press`
   */
  capture(at: number): { readonly id: string } {
    return this.#options.session.press({ source: 'camera', at });
  }

  /** Like the buttons on the screen; what is shown may have changed while the button was held. */
  leave(): void {
    const { session, log } = this.#options;
    try {
      if (session.session().state === 'showing') session.discard();
      else session.dismiss();
    } catch (error) {
      log.debug({ code: codeOf(error) }, 'long press ignored');
    }
  }
}
