import { signalOf, type Signal } from '../protocol/signal.ts';
import type { Statement, View } from '../protocol/view.ts';

/** The lamp tells results apart; the sound does not: it carries through the room. */
export type LampSignal = Exclude<Signal, 'ok'> | Statement | 'no-answer';

/** Durations of dark and lit, alternating, ms; repeated. A single duration is permanent. */
interface Pattern {
  readonly first: 'dark' | 'lit';
  readonly ms: readonly number[];
}

/**
 * Distinguishable by rhythm, without colour. Dark blinks in steady light: one below, three above, a long and a short one
 * at the threshold, two for a retake; no answer is dark with a short light. A slow pulse while busy, a quick even
 * blinking for a fault. All but the first begin dark: that change acknowledges a press. None flashes more than three
 * times a second (WCAG 2.3.1).
 */
export const PATTERNS: Readonly<Record<LampSignal, Pattern>> = {
  ready: { first: 'lit', ms: [Infinity] },
  busy: { first: 'dark', ms: [500, 500] },
  below: { first: 'dark', ms: [150, 1850] },
  at: { first: 'dark', ms: [700, 250, 150, 1300] },
  above: { first: 'dark', ms: [150, 200, 150, 200, 150, 1400] },
  'no-answer': { first: 'dark', ms: [1850, 150] },
  retake: { first: 'dark', ms: [150, 200, 150, 1000] },
  fault: { first: 'dark', ms: [200, 200] },
};

/** How long the light is inverted to acknowledge a press that does not start anything yet, ms. */
export const BLINK_MS = 150;

/** The lamp is at the button: if the button does not work, the lamp must not invite a press. */
export function lampSignal(view: View): LampSignal {
  const signal = signalOf(view);
  // In practice there is no statement to be shown.
  if (signal === 'ok') return view.practice === undefined ? answerSignal(view) : 'ready';
  return signal === 'ready' && view.button.state !== 'ready' ? 'fault' : signal;
}

function answerSignal({ session }: View): LampSignal {
  if (session.state !== 'showing' || session.result.outcome === 'withheld') return 'no-answer';
  return session.result.statement;
}

/**
 * The state of the light at a point of a pattern.
 *
 * @param elapsedMs since the signal began, not negative
 * @returns whether it is lit, and how long it stays so, ms (Infinity for good)
 */
export function lightAt(
  signal: LampSignal,
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
