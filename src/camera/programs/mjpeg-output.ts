import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { sleep, type Clock } from '../../lib/clock.ts';

export interface LiveOptions {
  readonly fps: number;
  /** Number of frames to write; 0 continues until the reader is gone. */
  readonly frames: number;
  readonly output: Writable;
  readonly clock: Clock;
  /** The JPEG at a time; `seconds` since the start, `index` of the frame. */
  readonly frame: (seconds: number, index: number) => Promise<Uint8Array>;
}

/**
 * Writes frames at a steady rate as long as there is a reader. A slow reader misses frames: none are produced while it
 * does not read, and missed ones are not sent later.
 */
export async function writeLive(options: LiveOptions): Promise<void> {
  const { output } = options;
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  output.on('error', leave).on('close', leave);
  try {
    await writeFrames(options, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    output.off('close', leave);
  }
}

async function writeFrames(
  { fps, frames, output, clock, frame }: LiveOptions,
  gone: AbortSignal,
): Promise<void> {
  const period = 1000 / fps;
  const started = clock.monotonic();
  let due = started;
  for (let index = 0; frames === 0 || index < frames; index += 1) {
    await sleep(clock, Math.max(0, due - clock.monotonic()), gone);
    const now = clock.monotonic();
    due = Math.max(due, now - period) + period;
    const jpeg = await frame((now - started) / 1000, index);
    if (!output.write(jpeg)) await once(output, 'drain', { signal: gone });
  }
}
