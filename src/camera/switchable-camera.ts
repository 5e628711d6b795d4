import { Emitter } from '../lib/emitter.ts';
import type { Camera, CameraStatus, Frame } from './port.ts';

/** The camera of the kiosk, whichever it is now: another can take its place while everybody goes on listening. */
export class SwitchableCamera implements Camera {
  readonly name = 'camera';
  readonly #frames = new Emitter<Frame>();
  readonly #statuses = new Emitter<CameraStatus>();
  #current: Camera;
  #unsubscribe: () => void = () => undefined;
  #sequence = 0;

  constructor(first: Camera) {
    this.#current = first;
    this.#listen();
  }

  get driver(): string {
    return this.#current.driver;
  }

  get simulated(): boolean {
    return this.#current.simulated;
  }

  start(): Promise<void> {
    return this.#current.start();
  }

  stop(): Promise<void> {
    return this.#current.stop();
  }

  status(): CameraStatus {
    return this.#current.status();
  }

  onStatus(listener: (status: CameraStatus) => void): () => void {
    return this.#statuses.on(listener);
  }

  onFrame(listener: (frame: Frame) => void): () => void {
    return this.#frames.on(listener);
  }

  /** Ends the camera that runs and starts this one: two programs may want the same device. */
  async replace(next: Camera): Promise<void> {
    await this.#current.stop();
    this.#unsubscribe();
    this.#current = next;
    this.#listen();
    await next.start();
  }

  #listen(): void {
    const ends = [
      this.#current.onStatus((status) => {
        this.#statuses.emit(status);
      }),
      this.#current.onFrame((frame) => {
        // Counts on over cameras as over restarts of one.
        this.#frames.emit({ ...frame, sequence: this.#sequence });
        this.#sequence += 1;
      }),
    ];
    this.#unsubscribe = () => {
      for (const end of ends) end();
    };
  }
}
