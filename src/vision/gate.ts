import type { QualityValues } from '../protocol/http.ts';
import type { GateReason } from '../protocol/reasons.ts';

/**
 * Limits of the gate, set on HAM10000 (folds 0–3) with `bench/quality-limits.mjs`, which prints what they keep of the untouched pictures
 * and refuse of blurred, noisy, under- and over-exposed ones. What the untouched pictures measured stands beside each limit; HAM10000 is
 * mostly fair skin, so the limits on the dark side leave room for darker skin.
 */
export const GATE_LIMITS = {
  /** Shortest side, pixels: below it the network would see interpolation. */
  side: 100,
  /** Untouched: 0.18–0.87. */
  brightness: { low: 0.17, high: 0.9 },
  /** Untouched: at most 0.26, where the round field of a dermatoscope leaves dark corners. */
  darkShare: 0.5,
  /** Untouched: at most 0.15; more than a few bubbles and reflections is glare. */
  brightShare: 0.2,
  /** Untouched: at least 0.020. */
  contrast: 0.015,
  /**
   * Untouched: 0.18–0.83, one in a hundred below this limit. Of those blurred by 1.5 pixels of the working side (a hundredth of the
   * field of view) one in thirty is above it.
   */
  focus: 0.27,
} as const;

/** The one reason to refuse a picture, the most telling first; `undefined` when it is fit. */
export function gate(quality: QualityValues): GateReason | undefined {
  if (Math.min(quality.width, quality.height) < GATE_LIMITS.side) return 'too-small';
  if (quality.brightness < GATE_LIMITS.brightness.low || quality.darkShare > GATE_LIMITS.darkShare)
    return 'too-dark';
  if (quality.brightness > GATE_LIMITS.brightness.high || quality.brightShare > GATE_LIMITS.brightShare)
    return 'too-bright';
  if (quality.contrast < GATE_LIMITS.contrast) return 'no-detail';
  if (quality.focus < GATE_LIMITS.focus) return 'too-blurred';
  return undefined;
}
