import type { Clock } from '../../lib/clock.ts';
import type { DecodedFrame } from './pipeline.ts';

/** How long a frame waits to be classified, ms; after that it is decoded again when it is asked for. */
const HOLD_MS = 2_000;

/**
 * The frame the gate chose, decoded, so that classifying it need not decode it again. One at most, for one use and for a short while:
 * a session that ends in between must not leave a patient's picture here.
 */
export class DecodedFrameCache {
  readonly #clock: Clock;
  #held: { readonly bytes: Uint8Array; readonly frame: DecodedFrame } | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param bytes what `frame` was decoded from; copied, because they are a window on a message with the whole burst in it */
  hold(bytes: Uint8Array, frame: DecodedFrame): void {
    this.drop();
    this.#held = { bytes: bytes.slice(), frame };
    this.#cancelTimer = this.#clock.after(HOLD_MS, () => {
      this.drop();
    });
  }

  /** The picture these very bytes were decoded to, if it is the one held. It is let go either way. */
  take(bytes: Uint8Array): DecodedFrame | undefined {
    const held = this.#held;
    this.drop();
    return held !== undefined && Buffer.compare(held.bytes, bytes) === 0 ? held.frame : undefined;
  }

  drop(): void {
    this.#cancelTimer();
    this.#held = undefined;
  }
}
