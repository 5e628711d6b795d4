import type { Figures } from './figures.ts';

/** What was evaluated, on what, and how it went. */
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
  /** On every picture that could be decoded, by the bare numbers, whatever the gate or the verdict say. */
  readonly all: Figures;
  /** On the pictures for which the kiosk would have shown a result; absent when there are none. */
  readonly shown?: Figures;
}

/** What became of the labelled pictures; a reason that never occurred is absent. */
export interface Counts {
  readonly labelled: number;
  /** In the list but not in the folder. */
  readonly missing: number;
  /** In the folder but not in the list: left out. */
  readonly unlabelled: number;
  /** Could not be decoded or classified. */
  readonly failed: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
  readonly withheld: Readonly<Record<string, number>>;
  readonly shown: number;
}
