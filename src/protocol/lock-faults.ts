import type { Words } from './words.ts';

/** What can go wrong with operators, their badges and PINs. */
export const LOCK_FAULTS = {
  'operator/locked': {
    message: 'Locked.',
    cure: 'Scan your badge, or enter your PIN.',
  },
  'operator/unknown': {
    message: 'There is no such operator.',
    cure: 'Choose another, or ask the technician.',
  },
  'operator/taken': {
    message: 'Another operator has this name or badge.',
    cure: 'Choose another name, or another badge.',
  },
  'badge/unknown': {
    message: 'This badge is not known.',
    cure: 'Scan it again, or enter your PIN.',
  },
  'badge/unusable': {
    message: 'This code cannot be a badge.',
    cure: 'Use a badge of 6 to 80 characters with the prefix that the kiosk expects.',
  },
  'pin/wrong': { message: 'Incorrect PIN.', cure: 'Try again.' },
  'pin/wait': { message: 'Too many incorrect PINs.', cure: 'Wait, then try again.' },
  'pin/weak': {
    message: 'This PIN is too easy to guess.',
    cure: 'Use 6 to 12 digits (operators: 4 to 12) without a sequence, a repetition, a year or a date.',
  },
  'pin/own-screen': {
    message: 'The first PIN must be set on the kiosk’s own screen.',
    cure: 'Open the settings there.',
  },
} as const satisfies Record<string, Words>;
