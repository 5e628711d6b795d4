import type { Signal } from '#protocol/signal.ts';

/** A note of a tone; times from the tone's beginning. */
export interface Note {
  readonly hz: number;
  readonly atMs: number;
  readonly forMs: number;
}

/**
 * Told apart by how many notes there are and how long they last, for whoever hears no pitch: a tick, a short and a long, two
 * shorts, three longs. Ready is silence.
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

/** The tone of a change; none for how the screen finds the kiosk when it connects. */
export function toneOf(before: Signal | undefined, now: Signal | undefined): readonly Note[] {
  return before === undefined || now === undefined || before === now ? [] : TONES[now];
}
