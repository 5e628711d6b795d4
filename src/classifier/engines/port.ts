import type { Bundle } from '../model/bundle.ts';
import type { Outputs } from '../model/outputs.ts';

export const ENGINE_NAMES = ['tfjs-node', 'onnxruntime'] as const;

/** In the order in which `auto` tries them. */
export type EngineName = (typeof ENGINE_NAMES)[number];

export type EngineChoice = 'auto' | EngineName;

/** A network in memory: pixels in, bare numbers out. One call at a time. */
export interface Engine {
  readonly name: EngineName;
  /**
   * One forward pass for all pictures together.
   *
   * @param images RGB, uint8, `n` × size × size × 3, row by row, as the card's preprocessing gives them
   * @param n pictures in it, at least one
   * @returns what the card's `tensors` name, and nothing else
   * @throws KioskError `inference/failed` when the graph does not take or give what the card says
   */
  run(images: Uint8Array, n: number): Promise<Outputs>;
  /** Tensors alive in the whole backend, which do not grow from call to call; absent where none outlive a call. */
  tensorCount?(): number;
  dispose(): Promise<void>;
}

/** What every driver exports. @throws KioskError `engine/unavailable` when its native library or the bundle's graph does not load */
export type LoadEngine = (bundle: Bundle) => Promise<Engine>;
