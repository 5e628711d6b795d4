import type { Writable } from 'node:stream';

export interface LiveOptions {
  readonly fps: number;
  /** Ends after so many frames; 0 goes on until the reader is gone. */
  readonly frames: number;
  readonly output: Writable;
  /** The JPEG of one moment; `seconds` since the start, `index` of the frame. */
  readonly frame: (seconds: number, index: number) => Promise<Uint8Array>;
}

/**
 * Writes frames at a steady rate for as long as somebody reads. A reader that falls behind misses frames; it is never sent old ones from a queue.
 */
export async function writeLive({ fps, frames, output, frame }: LiveOptions): Promise<void> {
  const started = performance.now();
  let gone = false;
  output.on('error', () => {
    gone = true;
  });
  for (let index = 0; !gone && (frames === 0 || index < frames); index += 1) {
    const due = started + (index * 1000) / fps;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const jpeg = await frame((performance.now() - started) / 1000, index);
    if (!output.write(jpeg)) {
      await new Promise<void>((resolve) => {
        output.once('drain', resolve);
        output.once('close', resolve);
        output.once('error', () => {
          resolve();
        });
      });
    }
  }
}
