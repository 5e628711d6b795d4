import type { Clock } from '../../lib/clock.ts';
import type { DecodedFrame } from './pipeline.ts';

/** How long a decoded frame is kept for classification, ms; after that it is decoded again. */
const HOLD_MS = 2_000;

/**
 * The frame chosen by the gate, decoded, so that classifying it need not decode it again. At most one, for one use and
 * a short time: a session that ends in between must not leave a patient's image here.
 */
export class DecodedFrameCache {
  readonly #clock: Clock;
  #held: { readonly bytes: Uint8Array; readonly frame: DecodedFrame } | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param bytes the encoded bytes of `frame`; copied, because they are a view of a message that contains the whole
   *   burst
   */
  hold(bytes: Uint8Array, frame: DecodedFrame): void {
    this.drop();
    this.#held = { bytes: bytes.slice(), frame };
    this.#cancelTimer = this.#clock.after(HOLD_MS, () => {
      this.drop();
    });
  }

  /** The decoded image of exactly these bytes, if it is the cached one. The cache is cleared either way. */
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
