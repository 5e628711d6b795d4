import { KioskError, systemCode } from '../lib/errors.ts';
import type { LineRequest } from './port.ts';

/**
 * Explains why the system refused a GPIO operation, with its cure.
 *
 * @param what subject of the sentence: a line or a folder
 * @returns KioskError `gpio/no-permission`, `gpio/busy`, `gpio/no-line` or `gpio/failed`; a KioskError is returned
 *   unchanged
 */
export function gpioError(error: unknown, what: string, setting: LineRequest['setting']): KioskError {
  if (error instanceof KioskError) return error;
  const cause = { cause: error };
  switch (systemCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new KioskError(
        'gpio/no-permission',
        `${what} is not permitted: add the kiosk’s user to the group gpio, and pass the devices to a container`,
        cause,
      );
    case 'EBUSY':
      return new KioskError(
        'gpio/busy',
        `${what} is in use by another program or a device tree overlay: release it, or set ${setting}_LINE; with the overlay gpio-key set KIOSK_BUTTON=input`,
        cause,
      );
    case 'EINVAL':
      return new KioskError(
        'gpio/no-line',
        `${what} is not a line that the kernel accepts: set ${setting}_LINE, or ${setting}_CHIP to the label of its chip`,
        cause,
      );
    case 'ENOENT':
      return new KioskError('gpio/no-line', `${what} has no edge detection: set ${setting}_LINE`, cause);
    default:
      return new KioskError('gpio/failed', `${what} cannot be used`, cause);
  }
}
