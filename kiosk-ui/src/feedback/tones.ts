import type { Signal } from '#protocol/signal.ts';

/** A note of a tone; times from the start of the tone. */
export interface Note {
  readonly hz: number;
  readonly atMs: number;
  readonly forMs: number;
}

/**
 * Distinguishable by the number and length of the notes alone, without pitch: a tick; short and long; two shorts; three
 * longs. Ready is silent.
 */
export const TONES: Readonly<Record<Signal, readonly Note[]>> = {
  ready: [],
  busy: [{ hz: 880, atMs: 0, forMs: 40 }],
  ok: [
    { hz: 660, atMs: 0, forMs: 80 },
    { hz: 990, atMs: 110, forMs: 260 },
  ],
  retake: [
    { hz: 520, atMs: 0, forMs: 90 },
    { hz: 520, atMs: 170, forMs: 90 },
  ],
  fault: [
    { hz: 300, atMs: 0, forMs: 220 },
    { hz: 300, atMs: 320, forMs: 220 },
    { hz: 300, atMs: 640, forMs: 220 },
  ],
};

/** The tone of a state change; none for the initial state after connecting. */
export function toneOf(before: Signal | undefined, now: Signal | undefined): readonly Note[] {
  return before === undefined || now === undefined || before === now ? [] : TONES[now];
}
