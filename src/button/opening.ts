import { KioskError } from '../lib/errors.ts';
import { autoChoice, tryInOrder } from '../lib/try-in-order.ts';
import type { Key } from './port.ts';

/**
 * The order in which `auto` tries. Input devices first: they need no native module, and gpio-keys is an explicitly
 * configured overlay. A dermatoscope's key may work beside one on a GPIO line, so the others are tried as well unless a
 * line is taken.
 */
export const HARDWARE = ['input', 'gpiod', 'onoff'] as const;

export type HardwareName = (typeof HARDWARE)[number];

/** A started key, or its reader. */
export type OpenKey = Pick<Key, 'driver' | 'holdsLine' | 'stop'> & { readonly location: string };

export interface Opened<T extends OpenKey> {
  readonly keys: readonly T[];
  /** Where the keys are, and with `auto` what was skipped and why. */
  readonly reason: string;
}

/**
 * Starts the keys that the settings ask for.
 *
 * @throws KioskError of the driver that was set explicitly, or `button/none` with what `auto` tried
 */
export async function openKeys<T extends OpenKey>(
  wanted: HardwareName | 'auto',
  open: (name: HardwareName) => Promise<T>,
): Promise<Opened<T>> {
  if (wanted !== 'auto') {
    const key = await open(wanted);
    return { keys: [key], reason: key.location };
  }
  const { opened: keys, failures } = await tryInOrder(HARDWARE, open, ({ holdsLine }) => holdsLine);
  if (keys.length === 0) throw new KioskError('button/none', `no button found. ${failures}`);
  const locations = keys.map(({ location }) => location);
  return { keys, reason: autoChoice(locations, failures) };
}
