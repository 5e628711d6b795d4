import { frameSize } from './frame-size.ts';

/** Frames with a shorter side, or with more pixels, come from no dermatoscope: nothing behind the reader is to decode them. */
const MIN_SIDE = 64;
const MAX_PIXELS = 25_000_000;

/** Says of each frame whether it is a new picture of a usable size; a program that is started again and sends what the last one did sends nothing new. */
export class FrameValidator {
  #last: Uint8Array | undefined;

  /**
   * @param mayRepeat a drawn or replayed picture may stand still to the byte; a sensor's noise never does
   * @returns one sentence when the frame must not be used
   */
  check(jpeg: Uint8Array, mayRepeat: boolean): string | undefined {
    const size = frameSize(jpeg);
    if (size !== undefined && !usable(size))
      return `The camera sends frames of ${size.width} × ${size.height} pixels, which cannot be used.`;
    const repeats = this.#last !== undefined && Buffer.compare(this.#last, jpeg) === 0;
    this.#last = jpeg;
    return repeats && !mayRepeat ? 'The camera keeps repeating the same frame.' : undefined;
  }
}

function usable({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return Math.min(width, height) >= MIN_SIDE && width * height <= MAX_PIXELS;
}
