/**
 * Detects a keyboard-wedge barcode scanner by its speed: very short intervals between keys, and Enter at the end. Pure;
 * `at` is when the key went down, ms, not when the page handled it.
 */
export interface Wedge {
  readonly text: string;
  readonly at: number;
}

export const QUIET: Wedge = { text: '', at: -Infinity };

/** Longest interval within one code, ms: scanners need 1 to 20, a person's fastest keys are about 80 apart. */
export const GAP_MS = 50;
/** Shorter codes may be two keys pressed together. */
export const SHORTEST = 3;
export const LONGEST = 80;

export interface WedgeStep {
  readonly wedge: Wedge;
  /** True if the interval to the previous key is that of a scanner. */
  readonly fast: boolean;
  /** The whole code, with its last key. */
  readonly scanned?: string;
}

export function wedgeStep({ text, at: before }: Wedge, key: string, at: number): WedgeStep {
  const fast = at - before <= GAP_MS;
  if (key === 'Enter') {
    const scanned = text.trim();
    const isCode = fast && scanned.length >= SHORTEST && text.length <= LONGEST;
    return { wedge: QUIET, fast, ...(isCode ? { scanned } : {}) };
  }
  // One more than the maximum is kept, so that a code that is too long stays too long.
  if (key.length === 1) return { wedge: { text: fast ? (text + key).slice(0, LONGEST + 1) : key, at }, fast };
  // Shift of a capital letter comes between two keys.
  return { wedge: key === 'Shift' ? { text, at: before } : QUIET, fast: false };
}
