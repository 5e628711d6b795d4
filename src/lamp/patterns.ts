import { signalOf, type Signal } from '../protocol/signal.ts';
import type { View } from '../protocol/view.ts';

/** Durations of dark and lit, alternating, ms; repeated. A single duration is permanent. */
interface Pattern {
  readonly first: 'dark' | 'lit';
  readonly ms: readonly number[];
}

/**
 * Distinguishable by rhythm, without colour: steady; a slow pulse; one blink and a pause; two blinks and a pause; a
 * quick even blinking. All but the first begin dark: that change acknowledges a press. None flashes more than three
 * times a second (WCAG 2.3.1).
 */
export const PATTERNS: Readonly<Record<Signal, Pattern>> = {
  ready: { first: 'lit', ms: [Infinity] },
  busy: { first: 'dark', ms: [500, 500] },
  ok: { first: 'dark', ms: [150, 1850] },
  retake: { first: 'dark', ms: [150, 200, 150, 1000] },
  fault: { first: 'dark', ms: [200, 200] },
};

/** How long the light is inverted to acknowledge a press that does not start anything yet, ms. */
export const BLINK_MS = 150;

/** The lamp is at the button: if the button does not work, the lamp must not invite a press. */
export function lampSignal(view: View): Signal {
  const signal = signalOf(view);
  return signal === 'ready' && view.button.state !== 'ready' ? 'fault' : signal;
}

/**
 * The state of the light at a point of a pattern.
 *
 * @param elapsedMs since the signal began, not negative
 * @returns whether it is lit, and how long it stays so, ms (Infinity for good)
 */
export function lightAt(
  signal: Signal,
  elapsedMs: number,
): { readonly lit: boolean; readonly forMs: number } {
  const { first, ms } = PATTERNS[signal];
  let lit = first === 'lit';
  let left = elapsedMs % ms.reduce((sum, part) => sum + part, 0);
  for (const part of ms) {
    if (left < part) return { lit, forMs: part - left };
    left -= part;
    lit = !lit;
  }
  return { lit: first === 'lit', forMs: ms[0] ?? Infinity };
}
