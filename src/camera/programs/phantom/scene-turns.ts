import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Size } from './area.ts';

/** A scene to be drawn; see `drawScene`. */
export interface Drawing {
  readonly name: string;
  readonly size: Size;
  readonly seed: number;
}

/** A drawn scene, 8 bits per channel, and its place in the sequence of scenes. */
export interface Shown {
  readonly turn: number;
  readonly name: string;
  readonly scene: Uint8ClampedArray;
}

export interface SceneTurnsOptions {
  readonly names: readonly string[];
  readonly secondsPerScene: number;
  readonly draw: (name: string, turn: number) => Promise<Uint8ClampedArray>;
}

/**
 * Shows scenes in turn. The next one is drawn while the current one is shown, which stays until then: a frame waits for
 * the first scene only, however long drawing takes on a busy machine.
 */
export class SceneTurns {
  readonly #options: SceneTurnsOptions;
  #shown: Shown | undefined;
  #next: Shown | undefined;
  #failure: Error | undefined;
  #drawing = false;

  constructor(options: SceneTurnsOptions) {
    this.#options = options;
  }

  async at(seconds: number): Promise<Shown> {
    if (this.#failure !== undefined) throw this.#failure;
    const { names, secondsPerScene } = this.#options;
    const turn = names.length > 1 ? Math.floor(seconds / secondsPerScene) : 0;
    this.#shown ??= await this.#draw(turn);
    if (this.#next !== undefined && this.#next.turn <= turn) {
      this.#shown = this.#next;
      this.#next = undefined;
    }
    if (names.length > 1 && this.#next === undefined && !this.#drawing)
      this.#drawNext(Math.max(turn, this.#shown.turn + 1));
    return this.#shown;
  }

  #drawNext(turn: number): void {
    this.#drawing = true;
    this.#draw(turn)
      .then((drawn) => {
        this.#next = drawn;
      })
      .catch((error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => {
        this.#drawing = false;
      });
  }

  async #draw(turn: number): Promise<Shown> {
    const { names, draw } = this.#options;
    const name = names[turn % names.length] ?? '';
    return { turn, name, scene: await draw(name, turn) };
  }
}

/** Draws in a thread, which does not keep the program running; one scene at a time. */
export function threadedDrawing(): (drawing: Drawing) => Promise<Uint8ClampedArray> {
  const worker = new Worker(new URL('./scene-worker.js', import.meta.url), { env: {}, execArgv: [] });
  worker.unref();
  return async (drawing) => {
    const answer = once(worker, 'message');
    worker.ref();
    worker.postMessage(drawing);
    const [scene] = (await answer) as [Uint8ClampedArray];
    worker.unref();
    return scene;
  };
}
