import { Emitter } from '../lib/emitter.ts';
import type { Camera, CameraStatus, Frame } from './port.ts';

/** The kiosk's current camera: it can be replaced while its subscribers keep listening. */
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

  /** Stops the running camera, then starts this one: both may need the same device. */
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
        // The index continues across cameras, as it does across restarts of one.
        this.#frames.emit({ ...frame, sequence: this.#sequence });
        this.#sequence += 1;
      }),
    ];
    this.#unsubscribe = () => {
      for (const end of ends) end();
    };
  }
}
