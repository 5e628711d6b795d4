import type { Camera, CameraStatus, Frame } from '../camera/port.ts';
import { Emitter } from '../lib/emitter.ts';
import { describe } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';

export interface PracticeCameraParts {
  /** A simulated camera that shows one scene, not started yet. */
  readonly makeCamera: (scene: string) => Promise<Camera>;
  readonly log: Logger;
}

/** The simulated camera of practice: one program per scene, none while nobody practises. */
export class PracticeCamera implements Camera {
  readonly name = 'practice camera';
  readonly driver = 'phantom';
  readonly simulated = true;
  readonly #parts: PracticeCameraParts;
  readonly #frames = new Emitter<Frame>();
  readonly #statuses = new Emitter<CameraStatus>();
  #scene: string | undefined;
  #camera: Camera | undefined;
  #failed: string | undefined;
  #unsubscribe: () => void = () => undefined;
  /** Each start and stop waits for the one before. */
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: PracticeCameraParts) {
    this.#parts = parts;
  }

  /** Until a scene is shown, nothing runs. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Settles when no program runs any more. */
  async stop(): Promise<void> {
    this.show(undefined);
    await this.#turn;
  }

  status(): CameraStatus {
    if (this.#failed !== undefined) return { state: 'lost', reason: this.#failed };
    return this.#camera?.status() ?? { state: this.#scene === undefined ? 'stopped' : 'starting' };
  }

  onStatus(listener: (status: CameraStatus) => void): () => void {
    return this.#statuses.on(listener);
  }

  onFrame(listener: (frame: Frame) => void): () => void {
    return this.#frames.on(listener);
  }

  /**
   * Frames of the scene before end at once.
   *
   * @param scene `undefined` stops the camera
   */
  show(scene: string | undefined): void {
    if (scene === this.#scene) return;
    this.#scene = scene;
    this.#failed = undefined;
    this.#unsubscribe();
    this.#unsubscribe = () => undefined;
    const before = this.#camera;
    this.#camera = undefined;
    this.#statuses.emit(this.status());
    this.#turn = this.#turn.then(async () => {
      await before?.stop();
      if (scene !== undefined && scene === this.#scene) await this.#open(scene);
    });
    this.#turn = this.#turn.catch((error: unknown) => {
      this.#parts.log.warn({ error: describe(error) }, 'the simulated camera of practice failed');
      if (scene !== this.#scene) return;
      this.#failed = describe(error);
      this.#statuses.emit(this.status());
    });
  }

  async #open(scene: string): Promise<void> {
    const camera = await this.#parts.makeCamera(scene);
    if (scene !== this.#scene || this.#camera !== undefined) return;
    this.#camera = camera;
    const ends = [
      camera.onFrame((frame) => {
        this.#frames.emit(frame);
      }),
      camera.onStatus((status) => {
        this.#statuses.emit(status);
      }),
    ];
    this.#unsubscribe = () => {
      for (const end of ends) end();
    };
    await camera.start();
  }
}
