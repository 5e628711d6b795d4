import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KioskError, systemCode } from '../lib/errors.ts';

/** Labels of the bank with the header's pins: Raspberry Pi 5, 4, and 3 or Zero. */
const KNOWN_LABELS = ['pinctrl-rp1', 'pinctrl-bcm2711', 'pinctrl-bcm2835'];

export interface GpioChip {
  readonly label: string;
  readonly base: number;
  readonly lines: number;
}

/**
 * The chips that sysfs shows.
 *
 * @throws KioskError `button/no-sysfs` where the kernel has no sysfs GPIO (JetPack 6, for one), or as `gpioError`
 */
export function gpioChips(root: string): readonly GpioChip[] {
  try {
    const names = readdirSync(root).filter((name) => name.startsWith('gpiochip'));
    return names.map((name) => {
      const read = (file: string): string => readFileSync(join(root, name, file), 'utf8').trim();
      return { label: read('label'), base: Number(read('base')), lines: Number(read('ngpio')) };
    });
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw gpioError(error, root);
    throw new KioskError(
      'button/no-sysfs',
      `this kernel does not offer GPIO in ${root}: set KIOSK_BUTTON=virtual and press on the screen`,
      { cause: error },
    );
  }
}

/** Why the system refused something of GPIO, with its cure. @param what for the sentence's subject: a line or a folder */
export function gpioError(error: unknown, what: string): KioskError {
  if (error instanceof KioskError) return error;
  const cause = { cause: error };
  switch (systemCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new KioskError(
        'button/no-permission',
        `${what} is not permitted: put the kiosk’s user into the group gpio`,
        cause,
      );
    case 'EBUSY':
      return new KioskError(
        'button/busy',
        `${what} is taken by another program or a device tree overlay: free it, or set KIOSK_BUTTON_LINE`,
        cause,
      );
    case 'EINVAL':
    case 'ENOENT':
      return new KioskError(
        'button/no-line',
        `${what} cannot be an input that tells of its edges: set KIOSK_BUTTON_LINE`,
        cause,
      );
    default:
      return new KioskError('button/failed', `${what} cannot be used`, cause);
  }
}

/**
 * The number sysfs knows a line by. Kernels count the lines of a chip from a base that changes between versions (512 and up on a current Raspberry
 * Pi), so the chip is found by its label; never a constant, never the first chip.
 *
 * @param line BCM number on a Raspberry Pi
 * @param label of the chip; empty takes the one of a Raspberry Pi's header
 */
export function sysfsNumber(chips: readonly GpioChip[], line: number, label: string): number {
  const wanted = label === '' ? KNOWN_LABELS : [label];
  const chip = wanted
    .map((name) => chips.find((candidate) => candidate.label === name))
    .find((found) => found !== undefined);
  if (chip === undefined) {
    const there = chips.map((candidate) => candidate.label).join(', ') || 'none';
    throw new KioskError(
      'button/no-chip',
      `no GPIO chip labelled ${wanted.join(' or ')} (there: ${there}): set KIOSK_BUTTON_CHIP to the label of the button’s chip`,
    );
  }
  if (line >= chip.lines) {
    throw new KioskError(
      'button/no-line',
      `${chip.label} has ${chip.lines} lines, there is no line ${line}: set KIOSK_BUTTON_LINE`,
    );
  }
  return chip.base + line;
}
