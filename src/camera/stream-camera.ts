import { Backoff } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { SupervisedProgram } from '../lib/supervised-program.ts';
import { describe } from '../lib/errors.ts';
import { FrameValidator } from './frame-validator.ts';
import { MjpegSplitter } from './mjpeg.ts';
import type { Camera, CameraDriver, CameraProgram, CameraStatus, Frame } from './port.ts';

export interface StreamCameraOptions {
  /** The program that sends the stream, or a driver that finds it at every start. */
  readonly program: CameraProgram | CameraDriver;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without a new frame for this long, ms, the program is restarted, whether it runs or not. */
  readonly stalledMs: number;
  readonly backoff?: Backoff;
}

/** Additional time for the first frame of a program: a sensor needs time to start. */
const FIRST_FRAME_FACTOR = 5;

/**
 * After frames for this long, ms, a program counts as healthy: one that sends a frame and dies is still in a crash
 * loop.
 */
const HEALTHY_MS = 10_000;

/**
 * The single reader behind every driver: splits the program's output into frames, monitors their age, restarts the
 * program.
 */
export class StreamCamera implements Camera {
  readonly name = 'camera';
  readonly #options: StreamCameraOptions;
  readonly #program: SupervisedProgram;
  readonly #frames = new Emitter<Frame>();
  readonly #statuses = new Emitter<CameraStatus>();
  #status: CameraStatus = { state: 'starting' };
  #found: CameraProgram | undefined;
  #splitter = new MjpegSplitter();
  readonly #validator = new FrameValidator();
  /** Whether the running program has sent a usable frame. */
  #proven = false;
  #reportedLocation: string | undefined;
  /** Why the newest frames are not used. */
  #refused: string | undefined;
  #sequence = 0;
  #liveSince = 0;
  #endedByWatch = false;
  #cancelWatch: () => void = () => undefined;

  constructor(options: StreamCameraOptions) {
    this.#options = options;
    this.#program = new SupervisedProgram({
      name: options.program.driver,
      launch: () => this.#find(),
      ...fingerprintOf(options.program),
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
        this.#lost(this.#found?.explain(exit, stderrTail) ?? stderrTail);
      },
      onNothingToRun: (error) => {
        this.#lost(describe(error));
      },
    });
  }

  get driver(): string {
    return (this.#found ?? this.#options.program).driver;
  }

  get simulated(): boolean {
    return (this.#found ?? this.#options.program).simulated;
  }

  /** Also after a stop: no data of the previous stream, such as half a frame, may leak into the new one. */
  start(): Promise<void> {
    this.#splitter = new MjpegSplitter();
    this.#proven = false;
    this.#refused = undefined;
    this.#endedByWatch = false;
    this.#become({ state: 'starting' });
    this.#program.start();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#cancelWatch();
    await this.#program.stop();
    // Frames that arrived meanwhile have set it again.
    this.#cancelWatch();
    this.#become({ state: 'stopped' });
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

  async #find(): Promise<CameraProgram> {
    const { program } = this.#options;
    this.#found = 'find' in program ? await program.find() : program;
    return this.#found;
  }

  #read(chunk: Uint8Array): void {
    for (const jpeg of this.#splitter.push(chunk)) {
      const problem = this.#validator.check(jpeg, this.simulated);
      if (problem === undefined) this.#take(jpeg);
      else this.#refuse(problem);
    }
  }

  #take(jpeg: Uint8Array): void {
    const { clock, stalledMs } = this.#options;
    const now = clock.monotonic();
    if (!this.#proven) this.#confirm();
    this.#refused = undefined;
    if (this.#status.state !== 'live') this.#liveSince = now;
    if (now - this.#liveSince >= HEALTHY_MS) this.#program.healthy();
    this.#watch(stalledMs);
    const location = this.#found?.location;
    this.#become({ state: 'live', ...(location === undefined ? {} : { location }) });
    this.#frames.emit({ jpeg, sequence: this.#sequence, receivedAt: now });
    this.#sequence += 1;
  }

  /** Reports the camera's location once, however often it reconnects. */
  #confirm(): void {
    const { program, log } = this.#options;
    this.#proven = true;
    if ('find' in program) program.confirmStreaming?.();
    const location = this.#found?.location;
    if (location !== undefined && location !== this.#reportedLocation)
      log.info({ camera: this.driver, location }, 'camera found');
    this.#reportedLocation = location;
  }

  /** Such a frame is not delivered and does not count: without a better one in time, the camera is stalled. */
  #refuse(problem: string): void {
    if (!this.#proven && this.#refused === undefined) this.#watch(this.#options.stalledMs);
    this.#refused = problem;
  }

  /** A running process is not a working camera: only frames count. */
  #watch(ms: number): void {
    this.#cancelWatch();
    this.#cancelWatch = this.#options.clock.after(ms, () => {
      const problem = this.#refused ?? 'The camera program runs but sends no frames.';
      this.#become({ state: 'stalled', reason: `${problem} It is being restarted.` });
      this.#endedByWatch = true;
      this.#program.restart();
    });
  }

  #lost(reason: string): void {
    this.#cancelWatch();
    this.#splitter = new MjpegSplitter();
    this.#proven = false;
    this.#refused = undefined;
    // A program ended because it stalled leaves a stalled camera; one that exits by itself after that, a lost one.
    if (!this.#endedByWatch) this.#become({ state: 'lost', reason });
    this.#endedByWatch = false;
  }

  #become(status: CameraStatus): void {
    const { state, reason, location } = this.#status;
    if (status.state === state && status.reason === reason && status.location === location) return;
    this.#status = status;
    this.#statuses.emit(status);
  }
}

function fingerprintOf(program: CameraProgram | CameraDriver): { presence?: () => string } {
  const presence = 'find' in program ? program.deviceFingerprint?.bind(program) : undefined;
  return presence === undefined ? {} : { presence };
}
