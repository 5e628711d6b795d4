import { Backoff } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { SupervisedProgram } from '../lib/supervised-program.ts';
import { MjpegSplitter } from './mjpeg.ts';
import type { Camera, CameraProgram, CameraStatus, Frame } from './port.ts';

export interface StreamCameraOptions {
  readonly program: CameraProgram;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without a new frame for this long, ms, the program is ended and started again, alive or not. */
  readonly stalledMs: number;
  readonly backoff?: Backoff;
}

/** How much longer than a stall the first frame of a program may take: a sensor needs its time to start. */
const FIRST_FRAME_FACTOR = 5;

/** Frames for this long, ms, prove a program healthy: one that sends a frame and dies is still crashing in a loop. */
const HEALTHY_MS = 10_000;

/** The one reader behind every driver: splits the program's output into frames, watches their age, brings the program back. */
export class StreamCamera implements Camera {
  readonly name = 'camera';
  readonly #options: StreamCameraOptions;
  readonly #program: SupervisedProgram;
  readonly #frames = new Emitter<Frame>();
  readonly #statuses = new Emitter<CameraStatus>();
  #status: CameraStatus = { state: 'starting' };
  #splitter = new MjpegSplitter();
  #sequence = 0;
  #liveSince = 0;
  #endedByWatch = false;
  #cancelWatch: () => void = () => undefined;

  constructor(options: StreamCameraOptions) {
    this.#options = options;
    this.#program = new SupervisedProgram({
      name: options.program.driver,
      command: options.program.command,
      args: options.program.args,
      clock: options.clock,
      log: options.log,
      backoff: options.backoff ?? new Backoff(),
      onStart: () => {
        this.#watch(options.stalledMs * FIRST_FRAME_FACTOR);
      },
      onOutput: (chunk) => {
        this.#read(chunk);
      },
      onExit: (exit, stderrTail) => {
        this.#lost(options.program.explain(exit, stderrTail));
      },
    });
  }

  get driver(): string {
    return this.#options.program.driver;
  }

  get simulated(): boolean {
    return this.#options.program.simulated;
  }

  start(): Promise<void> {
    this.#program.start();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#cancelWatch();
    await this.#program.stop();
    // Frames that came in meanwhile have set it again.
    this.#cancelWatch();
  }

  status(): CameraStatus {
    return this.#status;
  }

  onStatus(listener: (status: CameraStatus) => void): () => void {
    return this.#statuses.on(listener);
  }

  onFrame(listener: (frame: Frame) => void): () => void {
    return this.#frames.on(listener);
  }

  #read(chunk: Uint8Array): void {
    for (const jpeg of this.#splitter.push(chunk)) {
      const now = this.#options.clock.monotonic();
      if (this.#status.state !== 'live') this.#liveSince = now;
      if (now - this.#liveSince >= HEALTHY_MS) this.#program.healthy();
      this.#watch(this.#options.stalledMs);
      this.#become({ state: 'live' });
      this.#frames.emit({ jpeg, sequence: this.#sequence, receivedAt: now });
      this.#sequence += 1;
    }
  }

  /** A live process is not a live camera: only frames count. */
  #watch(ms: number): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#options.clock.after(ms, () => {
      this.#become({
        state: 'stalled',
        reason: 'The camera program runs but sends no pictures; it is being restarted.',
      });
      this.#endedByWatch = true;
      this.#program.restart();
    });
  }

  #lost(reason: string): void {
    this.#cancelWatch();
    this.#splitter = new MjpegSplitter();
    // A program that was ended because it stalled is still a stalled camera; one that ends by itself after that is lost.
    if (!this.#endedByWatch) this.#become({ state: 'lost', reason });
    this.#endedByWatch = false;
  }

  #become(status: CameraStatus): void {
    if (status.state === this.#status.state && status.reason === this.#status.reason) return;
    this.#status = status;
    this.#statuses.emit(status);
  }
}
