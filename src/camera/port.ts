import type { Service } from '../lib/lifecycle.ts';

/** One whole JPEG of the live stream. */
export interface Frame {
  readonly jpeg: Uint8Array;
  /** Counts up from 0 over all restarts of the camera program. */
  readonly sequence: number;
  /** `Clock.monotonic()` at which its last byte arrived. */
  readonly receivedAt: number;
}

export interface CameraStatus {
  /** `stalled`: the program lives but sends no frames; `lost`: there is no program or no device. */
  readonly state: 'starting' | 'live' | 'stalled' | 'lost';
  readonly reason?: string;
}

/** A live stream. It starts even when there is no device yet, and comes back by itself. */
export interface Camera extends Service {
  readonly driver: string;
  /** True when the pictures are drawn or replayed rather than seen through a lens. */
  readonly simulated: boolean;
  status(): CameraStatus;
  /** Both return the function that unsubscribes. */
  onStatus(listener: (status: CameraStatus) => void): () => void;
  onFrame(listener: (frame: Frame) => void): () => void;
}

/**
 * What a driver is: a program that writes MJPEG to its standard output, as an argument list (never a shell string), and a few
 * words about its faults.
 */
export interface CameraProgram {
  readonly driver: string;
  readonly simulated: boolean;
  readonly command: string;
  readonly args: readonly string[];
  /** One sentence for the screen from how the program ended and the last lines of its standard error. */
  explain(exit: { code: number | null; signal: string | null }, stderrTail: string): string;
}
