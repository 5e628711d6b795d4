/**
 * Every reason and fault the kiosk can give, as a stable code with its words: what happened, and the cure.
 * The screen, the HTTP answers and the command line all take their words from here.
 */
export interface Words {
  /** One short sentence that names the thing. */
  readonly message: string;
  /** One short sentence in the imperative that says what to do. */
  readonly cure: string;
}

/** Why the quality gate refuses a picture: one reason, one cure. */
export const GATE_REASONS = {
  'too-small': {
    message: 'The picture is too small to judge.',
    cure: 'Use a picture of at least 100\u00a0×\u00a0100 pixels.',
  },
  'too-dark': { message: 'Too dark.', cure: 'Switch the dermatoscope’s light on and press again.' },
  'too-bright': { message: 'Too bright.', cure: 'Lower the light or the exposure and press again.' },
  'no-detail': {
    message: 'The picture shows nothing: it is a plain surface.',
    cure: 'Set the dermatoscope on the lesion and press again.',
  },
  'too-blurred': {
    message: 'Too blurred.',
    cure: 'Hold still, bring the lesion into focus and press again.',
  },
  moved: { message: 'The picture moved.', cure: 'Hold the dermatoscope still and press again.' },
} as const satisfies Record<string, Words>;

export type GateReason = keyof typeof GATE_REASONS;

/** Why a picture is refused once it is known where the lesion lies. */
export const LESION_REASONS = {
  hair: { message: 'Hair covers the lesion.', cure: 'Part the hair, or wet it flat, and press again.' },
  glare: {
    message: 'Light is reflected from the lesion.',
    cure: 'Use more gel or tilt the head and press again.',
  },
  ink: {
    message: 'There is ink or a marker in the picture.',
    cure: 'Wipe it off or take it away and press again.',
  },
  'lesion-cut': {
    message: 'The lesion reaches beyond the picture.',
    cure: 'Set the lesion in the middle of the ring and press again.',
  },
  'lesion-blurred': {
    message: 'The lesion itself is out of focus.',
    cure: 'Focus on the lesion, not on the skin around it, and press again.',
  },
  'lesion-small': {
    message: 'The lesion is too small in the picture.',
    cure: 'Zoom in until it fills more of the ring and press again.',
  },
} as const satisfies Record<string, Words>;

export type LesionReason = keyof typeof LESION_REASONS;

/** Every reason for which a picture is to be taken again. */
export const RETAKE_REASONS = { ...GATE_REASONS, ...LESION_REASONS };

export type RetakeReason = keyof typeof RETAKE_REASONS;

/** Why an answer is withheld though the picture was fit. */
export const WITHHELD_REASONS = {
  'not-finite': { message: 'The model gave no usable numbers.', cure: 'Clinical evaluation required.' },
  'not-a-lesion': {
    message: 'This does not look like a skin lesion.',
    cure: 'Set the dermatoscope on the lesion, fill the ring with it and press again.',
  },
  'unlike-training': {
    message: 'This is unlike anything the model has learnt from.',
    cure: 'Check lens, light and aim and press again; if it stays, clinical evaluation is required.',
  },
  unsure: { message: 'The model is unsure.', cure: 'Clinical evaluation required.' },
} as const satisfies Record<string, Words>;

export type WithheldReason = keyof typeof WITHHELD_REASONS;

export const FAULTS = {
  'camera/lost': {
    message: 'No camera.',
    cure: 'Check that the camera is plugged in; it comes back by itself.',
  },
  'camera/stalled': {
    message: 'The camera stopped sending pictures.',
    cure: 'It is being restarted; wait, or re-plug it.',
  },
  'camera/timeout': {
    message: 'No fresh picture came from the camera.',
    cure: 'Check the camera and press again.',
  },
  'model/none': {
    message: 'No model: no probability can be shown.',
    cure: 'Run “kiosk doctor” and install a valid bundle; it loads by itself.',
  },
  'model/loading': {
    message: 'The model is still being loaded.',
    cure: 'Wait a few seconds and press again.',
  },
  'inference/died': {
    message: 'The analysis stopped unexpectedly.',
    cure: 'It is being restarted; press again.',
  },
  'inference/timeout': {
    message: 'The analysis took too long and was stopped.',
    cure: 'It is being restarted; press again.',
  },
  'inference/failed': {
    message: 'The analysis failed.',
    cure: 'Press again; if it stays, run “kiosk doctor”.',
  },
  'picture/empty': { message: 'The file is empty.', cure: 'Choose a PNG or JPEG picture.' },
  'picture/missing': {
    message: 'No picture was sent.',
    cure: 'Choose a PNG or JPEG picture and send it in the field “file”.',
  },
  'picture/unsupported': {
    message: 'This is not a PNG or JPEG picture.',
    cure: 'Choose a PNG or JPEG picture.',
  },
  'picture/broken': {
    message: 'The picture is damaged or incomplete.',
    cure: 'Save or send it again, or choose another.',
  },
  'picture/too-many-pixels': {
    message: 'The picture has too many pixels.',
    cure: 'Use a picture of at most 25 megapixels.',
  },
  'picture/too-large': { message: 'The file is too large.', cure: 'Use a file of at most 20 MB.' },
  'picture/not-kept': {
    message: 'This kiosk keeps no pictures.',
    cure: 'Set KIOSK_RETENTION to ask or always.',
  },
  'picture/no-room': {
    message: 'There is no room to keep the picture.',
    cure: 'Free space on the data disk; the result itself is recorded.',
  },
  'picture/key-lost': {
    message: 'The key of the kept pictures is missing or another one.',
    cure: 'Put the key file back; without it the pictures cannot be read again.',
  },
  'picture/kept-damaged': {
    message: 'The kept picture is damaged or was changed.',
    cure: 'Delete it; the result itself stays in the log.',
  },
  'session/busy': { message: 'A capture is under way.', cure: 'Wait until it is finished and try again.' },
  'session/repeated-press': {
    message: 'Pressed twice: only the first press counts.',
    cure: 'To capture again, wait half a second and press once.',
  },
  'session/aborted': { message: 'The session was ended before it had a result.', cure: 'Press again.' },
  'session/timeout': { message: 'The session took too long and was ended.', cure: 'Press again.' },
  'session/unknown': { message: 'There is no such session.', cure: 'Look the session up in the log.' },
  'session/not-assessable': {
    message: 'This session gave no answer that could be assessed.',
    cure: 'Choose a session with a result, or one that was withheld.',
  },
  'session/picture-gone': {
    message: 'The picture of this session is no longer kept.',
    cure: 'Pictures go when the screen leaves the result, or when their time is over.',
  },
  'reference/invalid': {
    message: 'This is no patient reference.',
    cure: 'Scan the barcode again, or check what was typed.',
  },
  'reference/none': { message: 'No patient is set.', cure: 'Scan or type the reference first.' },
  'lesion/unknown': {
    message: 'This patient has no such lesion.',
    cure: 'Choose one of the list, or add it.',
  },
  'lesion/contra-indicated': {
    message: 'The kiosk must not be used on this lesion.',
    cure: 'Clinical evaluation required.',
  },
  'comparison/other-lesion': {
    message: 'These two captures are not of one lesion.',
    cure: 'Choose captures out of one lesion’s history.',
  },
  'comparison/failed': {
    message: 'The two captures could not be compared.',
    cure: 'Try again; if it stays, the kiosk’s log says more.',
  },
  'export/none': {
    message: 'This kiosk has no place to export to.',
    cure: 'Set KIOSK_EXPORT_DIR to the folder where the stick is mounted.',
  },
  'export/no-medium': {
    message: 'There is no stick to write on.',
    cure: 'Plug it in, wait a few seconds and try again.',
  },
  'export/failed': {
    message: 'The export could not be written; nothing of it was left behind.',
    cure: 'Free space on the stick, or take another.',
  },
  'store/full': {
    message: 'Storage full: nothing can be recorded.',
    cure: 'Free space on the data disk; the kiosk recovers by itself.',
  },
  'store/read-only': {
    message: 'Storage is read-only: nothing can be recorded.',
    cure: 'Check the data disk and its permissions.',
  },
  'store/failed': {
    message: 'The session could not be recorded.',
    cure: 'Check the data disk and run “kiosk doctor”.',
  },
  'settings/locked': {
    message: 'The settings are locked.',
    cure: 'Unlock them with the PIN.',
  },
  'settings/pinned': {
    message: 'This setting is fixed by the installation.',
    cure: 'Change the variable where the kiosk is installed, or in the fleet.',
  },
  'pin/wrong': { message: 'The PIN is wrong.', cure: 'Try again.' },
  'pin/wait': { message: 'Too many wrong PINs.', cure: 'Wait, then try again.' },
  'pin/weak': {
    message: 'This PIN is too simple.',
    cure: 'Take 6 to 12 digits, not all the same and not in a row.',
  },
  'pin/own-screen': {
    message: 'The first PIN is set on the kiosk’s own screen.',
    cure: 'Open the settings there.',
  },
  'request/refused': {
    message: 'The request is not allowed.',
    cure: 'Open the screen by the kiosk’s own address, or set KIOSK_ALLOWED_HOSTS.',
  },
  'request/invalid': {
    message: 'The request is not understood.',
    cure: 'Check the address and the fields that were sent.',
  },
  'request/too-many': {
    message: 'Too many requests in a short time.',
    cure: 'Wait a moment and try again.',
  },
  'request/not-found': { message: 'There is nothing at this address.', cure: 'Check the address.' },
  'internal/error': {
    message: 'Something went wrong inside the kiosk.',
    cure: 'Press again; the kiosk’s log says more.',
  },
} as const satisfies Record<string, Words>;

export type FaultCode = keyof typeof FAULTS;

export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULTS, code);
}
