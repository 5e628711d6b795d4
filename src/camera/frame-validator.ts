import { frameSize } from './frame-size.ts';

/** Frames with a shorter side, or with more pixels, do not come from a dermatoscope and must not be decoded. */
const MIN_SIDE = 64;
const MAX_PIXELS = 25_000_000;

/**
 * Checks whether each frame is new and of a usable size; a restarted program that repeats the last frame of the
 * previous one sends nothing new.
 */
export class FrameValidator {
  #last: Uint8Array | undefined;

  /**
   * @param mayRepeat a drawn or replayed frame may repeat byte for byte; a sensor's noise never does
   * @returns one sentence if the frame must not be used
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
