/**
 * Every reason and fault of the kiosk, as a stable code with its texts: what happened, and the cure. The screen, the
 * HTTP responses and the command line all use these texts.
 */
export interface Words {
  /** One short sentence that names the problem. */
  readonly message: string;
  /** One short sentence in the imperative that says what to do. */
  readonly cure: string;
}

/** Why the quality gate rejects an image: one reason, one cure. */
export const GATE_REASONS = {
  'too-small': {
    message: 'The image is too small to assess.',
    cure: 'Use an image of at least 100\u00a0×\u00a0100 pixels.',
  },
  damaged: {
    message: 'The image is damaged.',
    cure: 'Press again; if this persists, check the camera and its cable.',
  },
  'too-dark': { message: 'Too dark.', cure: 'Switch on the dermatoscope’s light and press again.' },
  'too-bright': { message: 'Too bright.', cure: 'Reduce the light or the exposure and press again.' },
  'no-detail': {
    message: 'The image shows only a plain surface.',
    cure: 'Place the dermatoscope on the lesion and press again.',
  },
  'too-blurred': {
    message: 'Too blurred.',
    cure: 'Hold still, bring the lesion into focus and press again.',
  },
  moved: {
    message: 'The image is blurred by movement.',
    cure: 'Hold the dermatoscope still and press again.',
  },
} as const satisfies Record<string, Words>;

export type GateReason = keyof typeof GATE_REASONS;

/** Why an image is rejected once the lesion has been looked for. */
export const LESION_REASONS = {
  'no-lesion': {
    message: 'No lesion found: aim again.',
    cure: 'Place the dermatoscope on the lesion, fill the ring with it and press again.',
  },
  hair: { message: 'Hair covers the lesion.', cure: 'Move the hair aside, or wet it flat, and press again.' },
  glare: {
    message: 'Reflections obscure the lesion.',
    cure: 'Use more gel or tilt the dermatoscope and press again.',
  },
  ink: {
    message: 'There is ink or a marker in the image.',
    cure: 'Wipe it off or remove it and press again.',
  },
  'lesion-cut': {
    message: 'The lesion extends beyond the image.',
    cure: 'Centre the lesion in the ring and press again.',
  },
  'lesion-blurred': {
    message: 'The lesion itself is out of focus.',
    cure: 'Focus on the lesion, not on the skin around it, and press again.',
  },
  'lesion-small': {
    message: 'The lesion is too small in the image.',
    cure: 'Zoom in until it fills more of the ring and press again.',
  },
} as const satisfies Record<string, Words>;

export type LesionReason = keyof typeof LESION_REASONS;

/** Every reason to retake an image. */
export const RETAKE_REASONS = { ...GATE_REASONS, ...LESION_REASONS };

export type RetakeReason = keyof typeof RETAKE_REASONS;

/** Why a result is withheld although the image was good. */
export const WITHHELD_REASONS = {
  'not-finite': { message: 'The model returned no usable values.', cure: 'Clinical evaluation required.' },
  /** Of sessions up to version 0.2.0 only; such an image is now retaken (`no-lesion`). */
  'not-a-lesion': {
    message: 'This does not look like a skin lesion.',
    cure: 'Place the dermatoscope on the lesion, fill the ring with it and press again.',
  },
  'unlike-training': {
    message: 'This is unlike the images the model was trained on.',
    cure: 'Check lens, light and framing and press again; if this persists, clinical evaluation is required.',
  },
  unsure: { message: 'The model is unsure.', cure: 'Clinical evaluation required.' },
  'contra-indicated': {
    message: 'The model must not be used on such a lesion.',
    cure: 'Clinical evaluation required.',
  },
} as const satisfies Record<string, Words>;

export type WithheldReason = keyof typeof WITHHELD_REASONS;
