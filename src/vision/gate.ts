import type { LesionValues, QualityValues } from '../protocol/http.ts';
import type { GateReason, LesionReason } from '../protocol/reasons.ts';

/**
 * Limits of the gate, set on HAM10000 (folds 0–3); `bench/quality-rows.mjs` and `bench/quality.mjs` tell what they keep of the untouched
 * pictures and refuse of worse ones. What the untouched pictures measured stands beside each limit; HAM10000 is
 * mostly fair skin, so the limits on the dark side leave room for darker skin.
 */
export const GATE_LIMITS = {
  /** Shortest side, pixels: below it the network would see interpolation. */
  side: 100,
  /** Untouched: 0.18–0.87, none of 2,003 below this limit. */
  brightness: { low: 0.2, high: 0.9 },
  /** Untouched: at most 0.26, where the round field of a dermatoscope leaves dark corners. */
  darkShare: 0.5,
  /** Untouched: one of 2,003 above this limit, four above 0.004; more than a few bubbles and reflections is glare, or clipped skin. */
  brightShare: 0.01,
  /** Untouched: at least 0.020. */
  contrast: 0.015,
  /**
   * Untouched: 0.18–0.83, one in a hundred below this limit. Of those blurred by 1.5 pixels of the working side (a hundredth of the
   * field of view) one in thirty is above it.
   */
  focus: 0.27,
  /** Focus at half the side. Below it: 4 of 1,829 untouched; blurred by two or three pixels, then noise of 1 %: 62 and 96 of 100. */
  detail: 0.22,
  /**
   * Shift from one frame to the next, a share of the field's side. Not measured on people: a sideways smear of four pixels of the working
   * side (0.027 of the field) mostly loses its focus (`docs/quality.md`), and who makes one within an exposure has moved at least so far by the next.
   * It lies between one pixel of the plane that is compared, which a calm hand may do, and two.
   */
  motion: 0.02,
} as const;

/** What a clinic may set otherwise; the limits that were measured count where nothing is. */
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

/** The one reason to refuse a picture, the most telling first; `undefined` when it is fit. Motion alone refuses nothing: a crisp frame is fit. */
export function gate(
  quality: QualityValues,
  limits: Pick<GateSettings, 'focus' | 'dark'> = DEFAULT_GATE,
): GateReason | undefined {
  if (Math.min(quality.width, quality.height) < GATE_LIMITS.side) return 'too-small';
  if (quality.brightness < limits.dark || quality.darkShare > GATE_LIMITS.darkShare) return 'too-dark';
  if (quality.brightness > GATE_LIMITS.brightness.high || quality.brightShare > GATE_LIMITS.brightShare)
    return 'too-bright';
  if (quality.contrast < GATE_LIMITS.contrast) return 'no-detail';
  const { focus, detail = focus, motion = 0 } = quality;
  if (focus >= limits.focus && detail >= GATE_LIMITS.detail) return undefined;
  return motion > GATE_LIMITS.motion ? 'moved' : 'too-blurred';
}

/**
 * Limits of what may lie over a lesion, and of its own focus and size (`docs/quality.md` says how they were chosen). What 750
 * untouched pictures of the half that they were chosen on measured stands beside each limit, or 1,829 at 200 × 150 of both.
 */
export const LESION_LIMITS = {
  /** Untouched: 0.1 % above, of all 200 × 150 pictures 1.2 %; eight drawn hairs across the middle measure 0.1 and more. */
  hair: 0.05,
  /** Untouched: 0.3 % above. */
  glare: 0.006,
  /** Untouched: 0.7 % above 0.03. */
  ink: 0.05,
  /** Untouched: 0.8 % above, 2.3 % above 0.55: large lesions are taken with their edges out of the picture. */
  cut: 0.7,
  /** Untouched: 4 of 1,829 below. It refuses a lesion that stands out of the plane of the skin, which is sharp around it. */
  lesionFocus: 0.17,
  /** Share of the square that is lesion: a disc of a seventh of its side. Untouched: 2 of 830 at 200 × 150 below, 12 below 0.02. */
  share: 0.015,
} as const;

/** The limits as they were chosen on pictures. */
export const DEFAULT_GATE: GateSettings = {
  focus: GATE_LIMITS.focus,
  dark: GATE_LIMITS.brightness.low,
  hair: LESION_LIMITS.hair,
  glare: LESION_LIMITS.glare,
  ink: LESION_LIMITS.ink,
};

/** The one reason to take the picture again though it passed the gate; a value that was not measured refuses nothing. */
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
