import type { QualityValues } from '../protocol/http.ts';
import type { GateReason } from '../protocol/reasons.ts';

/**
 * Limits of the gate, set on HAM10000 (folds 0–3) by `bench/quality-limits.mjs`, which prints what they keep of the untouched pictures and
 * refuse of degraded ones.
 */
export const GATE_LIMITS = {
  /** Shortest side, pixels. */
  side: 100,
  brightness: { low: 0.15, high: 0.93 },
  darkShare: 0.6,
  brightShare: 0.5,
  contrast: 0.012,
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
