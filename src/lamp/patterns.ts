import { signalOf, type Signal } from '../protocol/signal.ts';
import type { View } from '../protocol/view.ts';

/** How long it is dark and lit in turn, ms; then from the beginning. A single time stands for good. */
interface Pattern {
  readonly first: 'dark' | 'lit';
  readonly ms: readonly number[];
}

/**
 * Told apart by their rhythm, without colour: steady; a slow pulse; one wink and a pause; two winks and a pause; a quick even
 * blink. All but the first begin dark: that change is the answer to a press. None flashes more than three times a second
 * (WCAG 2.3.1).
 */
export const PATTERNS: Readonly<Record<Signal, Pattern>> = {
  ready: { first: 'lit', ms: [Infinity] },
  busy: { first: 'dark', ms: [500, 500] },
  ok: { first: 'dark', ms: [150, 1850] },
  retake: { first: 'dark', ms: [150, 200, 150, 1000] },
  fault: { first: 'dark', ms: [200, 200] },
};

/** How long the light is turned over in answer to a press that starts nothing yet, ms. */
export const BLINK_MS = 150;

/** The lamp is at the button: where that does not work it must not invite. */
export function lampSignal(view: View): Signal {
  const signal = signalOf(view);
  return signal === 'ready' && view.button.state !== 'ready' ? 'fault' : signal;
}

/**
 * The light at a moment of a pattern.
 *
 * @param elapsedMs since the signal began, not negative
 * @returns whether it is lit, and for how long it stays so, ms (Infinity for good)
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
