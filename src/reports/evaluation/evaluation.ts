import type { Figures } from './figures.ts';

/** The model, the data and the results of an evaluation. */
export interface Evaluation {
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly sha256: string;
    readonly engine: string;
  };
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly counts: Counts;
  /** On every image that could be decoded, by the raw scores, regardless of gate and verdict. */
  readonly all: Figures;
  /** On the images for which the kiosk would have shown a result; absent if there are none. */
  readonly shown?: Figures;
}

/** Outcomes of the labelled images; a reason that never occurred is absent. */
export interface Counts {
  readonly labelled: number;
  /** In the list but not in the folder. */
  readonly missing: number;
  /** In the folder but not in the list: ignored. */
  readonly unlabelled: number;
  /** Could not be decoded or classified. */
  readonly failed: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
  readonly withheld: Readonly<Record<string, number>>;
  readonly shown: number;
}
