import type { Camera, CameraStatus, Frame } from '../camera/port.ts';

type Source = Pick<Camera, 'onFrame' | 'onStatus' | 'status'>;

export interface LiveImageParts {
  /** The kiosk's own camera, which keeps running during practice: nothing has to be brought back afterwards. */
  readonly own: Source;
  readonly practice: Source;
  readonly isPractising: () => boolean;
}

/** The live image that the screens show: the kiosk's own, and during practice the simulated one. */
export class LiveImage implements Source {
  readonly #parts: LiveImageParts;

  constructor(parts: LiveImageParts) {
    this.#parts = parts;
  }

  status(): CameraStatus {
    const { own, practice, isPractising } = this.#parts;
    return (isPractising() ? practice : own).status();
  }

  onStatus(listener: (status: CameraStatus) => void): () => void {
    return this.#both((source, isShown) =>
      source.onStatus((status) => {
        if (isShown()) listener(status);
      }),
    );
  }

  onFrame(listener: (frame: Frame) => void): () => void {
    return this.#both((source, isShown) =>
      source.onFrame((frame) => {
        if (isShown()) listener(frame);
      }),
    );
  }

  #both(subscribe: (source: Source, isShown: () => boolean) => () => void): () => void {
    const { own, practice, isPractising } = this.#parts;
    const ends = [subscribe(own, () => !isPractising()), subscribe(practice, isPractising)];
    return () => {
      for (const end of ends) end();
    };
  }
}
