import { KioskError } from '../lib/errors.ts';
import { resetPin } from '../settings/pin-file.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** Removes the PIN of the settings. Whoever has a shell has access to the data anyway. */
export function pinCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (args.length !== 1 || args[0] !== 'reset') throw new KioskError('cli/usage', 'expects “reset”');
  const { dataDir } = configOf(terminal);
  resetPin(dataDir);
  terminal.stderr.write(
    `The PIN was removed (${dataDir}). A running kiosk notices immediately; set a new PIN on its own screen: About, Settings.\n`,
  );
  return Promise.resolve(0);
}
