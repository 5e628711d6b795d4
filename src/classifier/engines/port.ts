import type { Bundle } from '../model/bundle.ts';
import type { Outputs } from '../model/outputs.ts';

export const ENGINE_NAMES = ['tfjs-node', 'onnxruntime'] as const;

/** In the order in which `auto` tries them. */
export type EngineName = (typeof ENGINE_NAMES)[number];

export type EngineChoice = 'auto' | EngineName;

/** A network in memory: pixels in, raw outputs out. One call at a time. */
export interface Engine {
  readonly name: EngineName;
  /**
   * One forward pass for all images together.
   *
   * @param images RGB, uint8, `n` × size × size × 3, row by row, as produced by the card's preprocessing
   * @param n number of images, at least one
   * @returns the outputs named in the card's `tensors`, and nothing else
   * @throws KioskError `inference/failed` if the graph's inputs or outputs do not match the card
   */
  run(images: Uint8Array, n: number): Promise<Outputs>;
  /** Live tensors in the whole backend, constant from call to call; absent if none outlive a call. */
  tensorCount?(): number;
  dispose(): Promise<void>;
}

/**
 * The export of every driver. @throws KioskError `engine/unavailable` if its native library or the bundle's graph
 * cannot be loaded
 */
export type LoadEngine = (bundle: Bundle) => Promise<Engine>;
