import { LOCK_FAULTS } from './lock-faults.ts';
import type { Words } from './words.ts';

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

/** Everything that can go wrong besides the reasons of an image, with its texts. */
export const FAULTS = {
  'camera/lost': {
    message: 'No camera.',
    cure: 'Check that the camera is plugged in; it reconnects automatically.',
  },
  'camera/stalled': {
    message: 'The camera stopped sending frames.',
    cure: 'It is being restarted; wait, or unplug it and plug it in again.',
  },
  'camera/timeout': {
    message: 'No new frame arrived from the camera.',
    cure: 'Check the camera and press again.',
  },
  'model/none': {
    message: 'No model: no probability can be shown.',
    cure: 'Run “kiosk doctor” and install a valid model bundle; it loads automatically.',
  },
  'model/loading': {
    message: 'The model is still loading.',
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
    cure: 'Press again; if this persists, run “kiosk doctor”.',
  },
  'picture/empty': { message: 'The file is empty.', cure: 'Choose a PNG or JPEG image.' },
  'picture/missing': {
    message: 'No image was sent.',
    cure: 'Choose a PNG or JPEG image and send it in the field “file”.',
  },
  'picture/unsupported': {
    message: 'This is not a PNG or JPEG image.',
    cure: 'Choose a PNG or JPEG image.',
  },
  'picture/broken': {
    message: 'The image is damaged or incomplete.',
    cure: 'Save or send it again, or choose another.',
  },
  'picture/too-many-pixels': {
    message: 'The image has too many pixels.',
    cure: 'Use an image of at most 25 megapixels.',
  },
  'picture/too-large': { message: 'The file is too large.', cure: 'Use a file of at most 20 MB.' },
  'picture/not-kept': {
    message: 'This kiosk does not store images.',
    cure: 'Set KIOSK_RETENTION to ask or always.',
  },
  'picture/no-room': {
    message: 'There is no space to store the image.',
    cure: 'Free space on the data disk; the result itself is recorded.',
  },
  'picture/key-lost': {
    message: 'The key of the stored images is missing or wrong.',
    cure: 'Restore the key file; without it the images cannot be read.',
  },
  'picture/kept-damaged': {
    message: 'The stored image is damaged or was modified.',
    cure: 'Delete it; the result itself stays in the log.',
  },
  'session/busy': { message: 'A capture is in progress.', cure: 'Wait until it is finished and try again.' },
  'session/repeated-press': {
    message: 'Pressed twice: only the first press counts.',
    cure: 'To capture again, wait half a second and press once.',
  },
  'session/aborted': { message: 'The session was aborted before it had a result.', cure: 'Press again.' },
  'session/timeout': { message: 'The session took too long and was aborted.', cure: 'Press again.' },
  'session/unknown': { message: 'There is no such session.', cure: 'Look the session up in the log.' },
  'session/not-assessable': {
    message: 'This session has no result to assess.',
    cure: 'Choose a session with a result, shown or withheld.',
  },
  'session/picture-gone': {
    message: 'The image of this session is no longer stored.',
    cure: 'Images are deleted when the result is closed or the retention period ends.',
  },
  'reference/invalid': {
    message: 'This is not a valid patient reference.',
    cure: 'Scan the barcode again, or check what was entered.',
  },
  'reference/taken': {
    message: 'Another patient has this reference.',
    cure: 'Check what was entered; if both are the same person, merge them.',
  },
  'reference/unknown': {
    message: 'No patient has this reference.',
    cure: 'Check what was entered.',
  },
  'reference/none': { message: 'No patient is selected.', cure: 'Scan or enter the reference first.' },
  'lesion/unknown': {
    message: 'This patient has no such lesion.',
    cure: 'Choose one from the list, or add it.',
  },
  'lesion/closed': {
    message: 'This lesion is closed.',
    cure: 'Reopen it on its page first.',
  },
  'lesion/contra-indicated': {
    message: 'The kiosk must not be used on this lesion.',
    cure: 'Clinical evaluation required.',
  },
  'overview/under-way': {
    message: 'An overview image is being taken.',
    cure: 'Keep or cancel it first.',
  },
  'overview/gone': {
    message: 'This overview image is no longer there.',
    cure: 'Take it again. One that is not kept is dropped when the patient changes or nobody is present.',
  },
  'comparison/other-lesion': {
    message: 'These two captures are not of the same lesion.',
    cure: 'Choose captures from the history of one lesion.',
  },
  'comparison/failed': {
    message: 'The two captures could not be compared.',
    cure: 'Try again; if this persists, see the service log.',
  },
  'rescore/same-model': {
    message: 'The latest result of this session is already from the current model.',
    cure: 'Nothing needs to be done.',
  },
  'export/none': {
    message: 'This kiosk has no export folder configured.',
    cure: 'Set KIOSK_EXPORT_DIR to the folder where the USB drive is mounted.',
  },
  'export/nothing': {
    message: 'There is nothing to export: no session matches.',
    cure: 'Choose other dates, or change the filter.',
  },
  'export/no-medium': {
    message: 'No USB drive was found.',
    cure: 'Plug it in, wait a few seconds and try again.',
  },
  'export/failed': {
    message: 'The export could not be saved; no incomplete file was left behind.',
    cure: 'Free space on the USB drive, or use another.',
  },
  'drive/none': {
    message: 'This kiosk has no folder configured for images from a USB drive.',
    cure: 'Set KIOSK_UPLOAD_DIR to the folder where the USB drive is mounted.',
  },
  'drive/no-medium': {
    message: 'No USB drive was found.',
    cure: 'Plug it in, wait a few seconds and search again.',
  },
  'drive/no-pictures': {
    message: 'There is no PNG or JPEG image on the USB drive.',
    cure: 'Copy images to it, at most three folders deep, and search again.',
  },
  'drive/unreadable': {
    message: 'The USB drive cannot be read.',
    cure: 'Unplug it and plug it in again, or use another.',
  },
  'drive/changed': {
    message: 'The USB drive was changed or removed.',
    cure: 'Search for images again.',
  },
  'drive/own-screen': {
    message: 'The USB drive can be used only on the kiosk’s own screen.',
    cure: 'Upload a file from this device instead.',
  },
  'store/full': {
    message: 'Storage full: nothing can be recorded.',
    cure: 'Free space on the data disk; the kiosk recovers automatically.',
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
    cure: 'Change the variable in the installation or in the fleet.',
  },
  ...LOCK_FAULTS,
  'practice/on': {
    message: 'Somebody is practising on the kiosk.',
    cure: 'End practice on the kiosk’s own screen first.',
  },
  'request/refused': {
    message: 'The request is not allowed.',
    cure: 'Open the screen at the kiosk’s own address, or set KIOSK_ALLOWED_HOSTS.',
  },
  'request/invalid': {
    message: 'The request is invalid.',
    cure: 'Check the address and the fields that were sent.',
  },
  'request/too-many': {
    message: 'Too many requests in a short time.',
    cure: 'Wait a moment and try again.',
  },
  'request/not-found': { message: 'There is nothing at this address.', cure: 'Check the address.' },
  'internal/error': {
    message: 'An internal error occurred.',
    cure: 'Press again; for details see the service log.',
  },
} as const satisfies Record<string, Words>;

export type FaultCode = keyof typeof FAULTS;

export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULTS, code);
}
