import { FAULTS, type FaultCode } from './reasons.ts';
import type { Words } from './words.ts';

/**
 * The errors that the screen and HTTP never report: those of a start, of a command, and of a component that the kiosk works
 * without. The log has their code, the command line prints their cure, and docs/errors.md lists them.
 */
const OPERATOR_ERRORS = {
  'backlight/failed': {
    message: 'The brightness of the display cannot be set.',
    cure: 'Give the kiosk’s user write access to the display’s file “brightness” in /sys/class/backlight.',
  },
  'button/failed': {
    message: 'The input device of the button cannot be opened.',
    cure: 'Pass the devices in /dev/input to the container; input events need a 64-bit system.',
  },
  'button/no-device': {
    message: 'No input device has one of the button’s keys.',
    cure: 'Plug it in, or set KIOSK_BUTTON_DEVICE or KIOSK_BUTTON_KEYS.',
  },
  'button/no-permission': {
    message: 'The kiosk may not read the input device of the button.',
    cure: 'Add the kiosk’s user to the group input.',
  },
  'button/none': {
    message: 'No button was found by any driver.',
    cure: 'Follow what the message says for the driver of your button, or set KIOSK_BUTTON=virtual.',
  },
  'camera/unsettled': {
    message: 'Exposure or colour did not converge during the calibration.',
    cure: 'Hold the card still in flicker-free light and try again.',
  },
  'cli/usage': {
    message: 'The arguments of a command are invalid.',
    cure: 'Run “kiosk help” for the commands and their options.',
  },
  'config/invalid': {
    message: 'A setting, or a file of settings, is invalid.',
    cure: 'Correct every setting that the message names: docs/settings.md.',
  },
  'engine/unavailable': {
    message: 'An engine, or the model’s graph for it, cannot be loaded.',
    cure: 'Run “npm ci” again, or set KIOSK_ENGINE to another engine: docs/usage.md.',
  },
  'evaluation/empty': {
    message: 'None of the labelled images could be classified.',
    cure: 'Check the images that are listed above the message.',
  },
  'fleet/flock': {
    message: 'The update lock cannot be locked against other processes.',
    cure: 'Install util-linux (flock); until then an update may interrupt a session.',
  },
  'fleet/locked': {
    message: 'Another process holds the update lock.',
    cure: 'Wait until it releases the lock; until then an update may interrupt a session.',
  },
  'gpio/busy': {
    message: 'Another program or a device tree overlay uses the GPIO line.',
    cure: 'Release the line, or set another one; with the overlay gpio-key set KIOSK_BUTTON=input.',
  },
  'gpio/failed': {
    message: 'The GPIO line cannot be used.',
    cure: 'See the cause in the message and docs/hardware.md.',
  },
  'gpio/no-chip': {
    message: 'There is no GPIO chip with this label.',
    cure: 'Set the chip’s variable (…_CHIP) to one of the labels that the message lists.',
  },
  'gpio/no-driver': {
    message: 'The package of the GPIO driver is missing or cannot be loaded.',
    cure: 'Install it as docs/hardware.md says, or use KIOSK_BUTTON=input.',
  },
  'gpio/no-line': {
    message: 'The GPIO line does not exist or cannot be used for this purpose.',
    cure: 'Set the line’s variable (…_LINE), and …_CHIP to the label of its chip.',
  },
  'gpio/no-permission': {
    message: 'The kiosk may not use the GPIO line.',
    cure: 'Add the kiosk’s user to the group gpio, and pass the devices to a container.',
  },
  'gpio/no-sysfs': {
    message: 'This kernel does not offer GPIO in /sys/class/gpio.',
    cure: 'Use gpiod, or gpio-keys with KIOSK_BUTTON=input.',
  },
  'labels/invalid': {
    message: 'The label list is invalid.',
    cure: 'Correct the list; docs/usage.md describes its columns.',
  },
  'lamp/none': {
    message: 'No lamp was found by any driver.',
    cure: 'Follow what the message says for the driver of your lamp, or set KIOSK_LAMP=none.',
  },
  'lifecycle/stop-timeout': {
    message: 'A part of the kiosk did not stop in time.',
    cure: 'If it happens at every stop, report it with the log.',
  },
  'program/failed': {
    message: 'A program that the kiosk needs could not be run, or took too long.',
    cure: 'Install the program that the message names, and run it by hand to see why it fails.',
  },
  'server/listen': {
    message: 'The address of the screen is in use or does not exist.',
    cure: 'Stop the program that uses the port, or set KIOSK_HOST and KIOSK_PORT.',
  },
  'store/add-on': {
    message: 'SQLite’s add-on was built for another version of Node.',
    cure: 'Run “npm rebuild better-sqlite3” with the Node that runs the kiosk.',
  },
  'store/damaged': {
    message: 'The database, or a copy of it, is damaged.',
    cure: 'Set the database’s files aside as the message says and start again, or restore a backup: docs/deploy.md.',
  },
  'store/in-use': {
    message: 'Another kiosk is already running on this data folder.',
    cure: 'Stop the other kiosk, or set KIOSK_DATA_DIR to another folder.',
  },
  'store/missing': {
    message: 'There is no database in the data folder.',
    cure: 'Check KIOSK_DATA_DIR; the first start of the kiosk creates the database.',
  },
  'store/newer': {
    message: 'The database was written by a newer version of the kiosk.',
    cure: 'Start that version, or a later one, or set KIOSK_DATA_DIR to another folder.',
  },
  'store/older': {
    message: 'The database has the schema of an older version of the kiosk.',
    cure: 'Start the kiosk once: it migrates the database.',
  },
} as const satisfies Readonly<Record<string, Words>> & Partial<Record<FaultCode, never>>;

/** Every code that is ever thrown, with its meaning and its cure. `FAULTS` is the part that the screen shows and translates. */
export const ERRORS = { ...FAULTS, ...OPERATOR_ERRORS };

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

/** Codes whose messages already state the cure for the specific case, more precisely than the table can. */
export const CURE_IN_MESSAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'button/failed',
  'button/no-device',
  'button/no-permission',
  'button/none',
  'camera/lost',
  'cli/usage',
  'config/invalid',
  'gpio/busy',
  'gpio/no-chip',
  'gpio/no-driver',
  'gpio/no-line',
  'gpio/no-permission',
  'gpio/no-sysfs',
  'lamp/none',
  'store/add-on',
  'store/damaged',
]);
