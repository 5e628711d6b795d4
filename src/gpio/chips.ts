import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KioskError, systemCode } from '../lib/errors.ts';
import { gpioError } from './errors.ts';
import type { LineRequest } from './port.ts';

/** Labels of the chip with the header's pins: Raspberry Pi 5, 4, and 3 or Zero. */
const KNOWN_LABELS = ['pinctrl-rp1', 'pinctrl-bcm2711', 'pinctrl-bcm2835'];

export interface Chip {
  readonly label: string;
  /** Number of lines. */
  readonly lines: number;
}

/** A chip as listed in sysfs. */
export interface SysfsChip extends Chip {
  /** Number of its first line: differs between kernels, 512 and up on a current Raspberry Pi. */
  readonly base: number;
}

/**
 * The chip that has a line, found by its label; never by a constant number, never the first chip.
 *
 * @throws KioskError `gpio/no-chip`, `gpio/no-line`
 */
export function chipOf<T extends Chip>(chips: readonly T[], request: LineRequest): T {
  const { line, chipLabel, setting } = request;
  const wanted = chipLabel === '' ? KNOWN_LABELS : [chipLabel];
  const chip = wanted
    .map((label) => chips.find((candidate) => candidate.label === label))
    .find((found) => found !== undefined);
  if (chip === undefined) {
    const there = chips.map(({ label }) => label).join(', ') || 'none';
    throw new KioskError(
      'gpio/no-chip',
      `no GPIO chip labelled ${wanted.join(' or ')} (found: ${there}): set ${setting}_CHIP to the label of the right chip`,
    );
  }
  if (line >= chip.lines) {
    throw new KioskError(
      'gpio/no-line',
      `${chip.label} has ${chip.lines} lines, but no line ${line}: set ${setting}_LINE`,
    );
  }
  return chip;
}

/**
 * The chips in sysfs.
 *
 * @throws KioskError `gpio/no-sysfs` if the kernel has no sysfs GPIO (such as JetPack 6), or as `gpioError`
 */
export function sysfsChips(root: string, setting: LineRequest['setting']): readonly SysfsChip[] {
  try {
    const names = readdirSync(root).filter((name) => name.startsWith('gpiochip'));
    return names.map((name) => {
      const read = (file: string): string => readFileSync(join(root, name, file), 'utf8').trim();
      return { label: read('label'), base: Number(read('base')), lines: Number(read('ngpio')) };
    });
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw gpioError(error, root, setting);
    throw new KioskError(
      'gpio/no-sysfs',
      `this kernel does not offer GPIO in ${root}: use gpiod, or gpio-keys with KIOSK_BUTTON=input`,
      { cause: error },
    );
  }
}
