import { KioskError } from '../lib/errors.ts';
import { autoChoice, tryInOrder } from '../lib/try-in-order.ts';
import type { Lamp } from './port.ts';

/** The order in which `auto` tries. */
export const LAMP_HARDWARE = ['gpiod', 'onoff'] as const;

export type LampHardware = (typeof LAMP_HARDWARE)[number];

export interface OpenedLamp {
  /** Started, dark. */
  readonly lamp: Lamp;
  /** Where it is, and with `auto` what was skipped and why. */
  readonly reason: string;
}

/**
 * Starts the lamp that the settings ask for; `undefined` for none.
 *
 * @throws KioskError `gpio/…` of the driver that was set explicitly, or `lamp/none` with what `auto` tried
 */
export async function openLamp(
  wanted: LampHardware | 'auto' | 'none',
  make: (name: LampHardware) => Promise<Lamp>,
): Promise<OpenedLamp | undefined> {
  if (wanted === 'none') return undefined;
  const open = async (name: LampHardware): Promise<Lamp> => {
    const lamp = await make(name);
    await lamp.start();
    return lamp;
  };
  if (wanted !== 'auto') {
    const lamp = await open(wanted);
    return { lamp, reason: lamp.location };
  }
  const { opened, failures } = await tryInOrder(LAMP_HARDWARE, open, () => true);
  const [lamp] = opened;
  if (lamp === undefined) throw new KioskError('lamp/none', `no lamp found. ${failures}`);
  return { lamp, reason: autoChoice([lamp.location], failures) };
}
