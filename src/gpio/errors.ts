import { KioskError, systemCode } from '../lib/errors.ts';
import type { LineRequest } from './port.ts';

/**
 * Why the system refused something of GPIO, with its cure.
 *
 * @param what the sentence's subject: a line or a folder
 * @returns KioskError `gpio/no-permission`, `gpio/busy`, `gpio/no-line` or `gpio/failed`; one that is ours already stays as it is
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
        `${what} is not permitted: put the kiosk’s user into the group gpio, and give a container its devices`,
        cause,
      );
    case 'EBUSY':
      return new KioskError(
        'gpio/busy',
        `${what} is taken by another program or a device tree overlay: free it, or set ${setting}_LINE; with the overlay gpio-key set KIOSK_BUTTON=input`,
        cause,
      );
    case 'EINVAL':
      return new KioskError(
        'gpio/no-line',
        `${what} is refused by the kernel as no line of its own: set ${setting}_LINE, or ${setting}_CHIP to the label of its chip`,
        cause,
      );
    case 'ENOENT':
      return new KioskError('gpio/no-line', `${what} tells nothing of its edges: set ${setting}_LINE`, cause);
    default:
      return new KioskError('gpio/failed', `${what} cannot be used`, cause);
  }
}
