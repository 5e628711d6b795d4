import type { BOARD_WARNINGS } from './board.ts';
import type { FaultCode, GateReason } from './reasons.ts';
import type { Words } from './words.ts';

/** The components checked by `kiosk doctor` and the self-test screen, by display name and in display order. */
export const CHECK_TITLES = {
  camera: 'Camera',
  picture: 'Image',
  colour: 'Colour',
  button: 'Button',
  lamp: 'Lamp',
  model: 'Model',
  engine: 'Engine',
  disk: 'Disk',
  memory: 'Memory',
  clock: 'Clock',
  power: 'Power',
  heat: 'Temperature',
  board: 'Board',
  versions: 'Versions',
} as const;

export type CheckId = keyof typeof CHECK_TITLES;

/** Cures that only the self-test gives, by code. */
export const CHECK_CURES = {
  'camera-slow': 'Choose a smaller frame size, or check power, temperature and other programs.',
  'not-calibrated': 'Calibrate the camera with a white card.',
  'no-white-card': 'Place the lens on the white card and test again.',
  'colour-cast':
    'Clean the lens and the light. If the problem persists, calibrate the camera with a white card.',
  'button-stuck': 'Release it. Until then, use the on-screen button.',
  'button-missing': 'Until then, use the on-screen button.',
  'lamp-failed': 'Check the wiring, or set KIOSK_LAMP=none.',
  'model-loading': 'Wait a few seconds and test again.',
  'model-none': 'Install a valid model bundle, or name one with KIOSK_MODEL.',
  'disk-full': 'Free space on the data disk.',
  'memory-short': 'Close other programs, or restart the board.',
  'clock-unset': 'Connect the board to a time source, or fit a clock battery.',
} as const;

/** Its own cures, and those of the gate, of faults and of the board. */
export type CureCode = keyof typeof CHECK_CURES | GateReason | FaultCode | keyof typeof BOARD_WARNINGS;

/** `unknown`: could not be determined, which is not a failure. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown';

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  readonly state: CheckState;
  /** The finding, for a technician; one line. */
  readonly found: string;
  /** The cure; absent if nothing needs to be done. */
  readonly cure?: string;
  /** Code of the cure, for translation. */
  readonly cureCode?: CureCode;
}

/** `GET /api/self-test`. */
export interface SelfTestReport {
  /** ISO 8601 in UTC; only as accurate as the board's clock. */
  readonly at: string;
  readonly checks: readonly Check[];
}

/** How long the button test waits for a press, ms. */
export const BUTTON_TEST_MS = 10_000;

/** `POST /api/self-test/button`. */
export type ButtonTest =
  | { readonly pressed: true; readonly driver: string; readonly location: string }
  | ({ readonly pressed: false } & Words);

/** Result of the button test if there was no press. */
export const NO_PRESS: Words = {
  message: 'No button press was detected.',
  cure: 'Check the button’s wiring and the setting KIOSK_BUTTON.',
};

/** How long the lamp test blinks, ms. */
export const LAMP_TEST_MS = 3_000;

/** `POST /api/self-test/lamp`: whether a lamp is blinking, and where it is or why not. */
export interface LampTest {
  readonly blinking: boolean;
  readonly found: string;
}

/** Red, green and blue, 0–1. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** Each check by name; `detail` is one line for the operator. */
export interface HealthReport {
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  /** Problems that need attention although a press works. */
  readonly warnings: readonly { readonly name: string; readonly detail: string }[];
}
