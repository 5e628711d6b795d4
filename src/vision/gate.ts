import type { LesionValues, QualityValues } from '../protocol/outcome.ts';
import type { GateReason, LesionReason } from '../protocol/reasons.ts';

/**
 * Limits of the gate, set on HAM10000 (folds 0–3); `bench/quality-rows.mjs` and `bench/quality.mjs` measure how many
 * original images they keep and how many degraded ones they reject. The values of the original images are given with
 * each limit; HAM10000 is mostly fair skin, so the limits on the dark side leave room for darker skin.
 */
export const GATE_LIMITS = {
  /** Shortest side, pixels: below it the network would see interpolation. */
  side: 100,
  /** Original images: 0.18–0.87, none of 2,003 below this limit. */
  brightness: { low: 0.2, high: 0.9 },
  /** Original images: at most 0.26, where the round field of a dermatoscope leaves dark corners. */
  darkShare: 0.5,
  /**
   * Original images: one of 2,003 above this limit, four above 0.004; more than a few bubbles and reflections is glare,
   * or clipped skin.
   */
  brightShare: 0.01,
  /** Original images: at least 0.020. */
  contrast: 0.015,
  /**
   * Original images: 0.18–0.83, one in a hundred below this limit. Of those blurred by 1.5 pixels of the working size
   * (a hundredth of the field of view) one in thirty is above it.
   */
  focus: 0.27,
  /**
   * Focus at half the size. Below it: 4 of 1,829 original images; blurred by two or three pixels, then with 1 % noise:
   * 62 and 96 of 100.
   */
  detail: 0.22,
  /**
   * Grain above `base + perDetail * detail` is noise that passes as focus: the less there is to see at half the size, the less of the differences between
   * neighbours can be structure (`bench/damaged-frames.mjs`).
   */
  grain: { base: 0.49, perDetail: 0.36 },
  /**
   * Shift from one frame to the next, as a fraction of the field's side. Not measured on people: a sideways motion blur
   * of four pixels of the working size (0.027 of the field) mostly loses its focus (`docs/quality.md`), and anyone who
   * causes one within an exposure has moved at least as far by the next frame. It lies between one pixel of the
   * compared plane, which a steady hand may cause, and two.
   */
  motion: 0.02,
} as const;

/** Limits that a clinic can override; the measured limits apply by default. */
export interface GateSettings {
  /** Of `GATE_LIMITS`. */
  readonly focus: number;
  /** Lowest brightness of `GATE_LIMITS`. */
  readonly dark: number;
  /** Of `LESION_LIMITS`. */
  readonly hair: number;
  readonly glare: number;
  readonly ink: number;
}

/**
 * The most significant reason to reject an image; `undefined` if it passes. Damage comes first, because nothing else can be
 * measured then. Motion alone is no reason: a crisp frame passes.
 */
export function gate(
  quality: QualityValues,
  limits: Pick<GateSettings, 'focus' | 'dark'> = DEFAULT_GATE,
): GateReason | undefined {
  if (Math.min(quality.width, quality.height) < GATE_LIMITS.side) return 'too-small';
  if (quality.damage !== undefined && quality.damage > 1) return 'damaged';
  if (quality.brightness < limits.dark || quality.darkShare > GATE_LIMITS.darkShare) return 'too-dark';
  if (quality.brightness > GATE_LIMITS.brightness.high || quality.brightShare > GATE_LIMITS.brightShare)
    return 'too-bright';
  if (quality.contrast < GATE_LIMITS.contrast) return 'no-detail';
  const { focus, detail = focus, grain = 0, motion = 0 } = quality;
  const { base, perDetail } = GATE_LIMITS.grain;
  const sharp = focus >= limits.focus && detail >= GATE_LIMITS.detail;
  if (sharp && grain <= base + perDetail * detail) return undefined;
  return motion > GATE_LIMITS.motion ? 'moved' : 'too-blurred';
}

/**
 * Limits of obstructions of a lesion, and of its own focus and size (docs/quality.md explains the choice). The values
 * of 750 original images of the half used for choosing are given with each limit, or of 1,829 at 200 × 150 of both
 * halves.
 */
export const LESION_LIMITS = {
  /**
   * Original images: 0.1 % above, of all 200 × 150 images 1.2 %; eight drawn hairs across the centre measure 0.1 and
   * more.
   */
  hair: 0.05,
  /** Original images: 0.3 % above. */
  glare: 0.006,
  /** Original images: 0.7 % above 0.03. */
  ink: 0.05,
  /**
   * Original images: 0.8 % above, 2.3 % above 0.55: large lesions are photographed with their edges outside the image.
   */
  cut: 0.7,
  /**
   * Original images: 4 of 1,829 below. It rejects a lesion that protrudes from the plane of the skin, which is sharp
   * around it.
   */
  lesionFocus: 0.17,
  /**
   * Fraction of the square that is lesion: a disc of a seventh of its side. Original images: 2 of 830 at 200 × 150
   * below, 12 below 0.02.
   */
  share: 0.015,
} as const;

/** The limits as chosen on images. */
export const DEFAULT_GATE: GateSettings = {
  focus: GATE_LIMITS.focus,
  dark: GATE_LIMITS.brightness.low,
  hair: LESION_LIMITS.hair,
  glare: LESION_LIMITS.glare,
  ink: LESION_LIMITS.ink,
};

/** The most significant reason to retake an image that passed the gate; a value that was not measured is no reason. */
export function lesionGate(
  { hair = 0, glare = 0, ink = 0, cut = 0, share = 1, lesionFocus = 1 }: LesionValues,
  limits: Pick<GateSettings, 'hair' | 'glare' | 'ink'> = DEFAULT_GATE,
): LesionReason | undefined {
  if (cut > LESION_LIMITS.cut) return 'lesion-cut';
  if (share < LESION_LIMITS.share) return 'lesion-small';
  if (lesionFocus < LESION_LIMITS.lesionFocus) return 'lesion-blurred';
  if (glare > limits.glare) return 'glare';
  if (ink > limits.ink) return 'ink';
  if (hair > limits.hair) return 'hair';
  return undefined;
}
