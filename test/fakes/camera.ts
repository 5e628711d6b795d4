import type { Camera, CameraStatus, Frame } from '../../src/camera/port.ts';
import { Emitter } from '../../src/lib/emitter.ts';

/** A camera that sends the frames and has the status that the test sets. */
export class FakeCamera implements Camera {
  readonly name = 'camera';
  readonly driver = 'fake';
  simulated = true;
  readonly #frames = new Emitter<Frame>();
  readonly #statuses = new Emitter<CameraStatus>();
  #status: CameraStatus = { state: 'live' };
  #sequence = 0;
  #listeners = 0;

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  status(): CameraStatus {
    return this.#status;
  }

  onStatus(listener: (status: CameraStatus) => void): () => void {
    return this.#counted(this.#statuses.on(listener));
  }

  onFrame(listener: (frame: Frame) => void): () => void {
    return this.#counted(this.#frames.on(listener));
  }

  /** @param receivedAt `Clock.monotonic()` of the test's clock */
  push(jpeg: Uint8Array, receivedAt: number): Frame {
    const frame = { jpeg, sequence: this.#sequence, receivedAt };
    this.#sequence += 1;
    this.#frames.emit(frame);
    return frame;
  }

  become(status: CameraStatus): void {
    this.#status = status;
    this.#statuses.emit(status);
  }

  /** Number of active listeners; 0 when all have unsubscribed. */
  get listeners(): number {
    return this.#listeners;
  }

  #counted(off: () => void): () => void {
    this.#listeners += 1;
    let on = true;
    return () => {
      if (on) this.#listeners -= 1;
      on = false;
      off();
    };
  }
}
