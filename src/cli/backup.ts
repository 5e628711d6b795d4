import { parseArgs } from 'node:util';
import { systemClock } from '../lib/clock.ts';
import { KioskError } from '../lib/errors.ts';
import { backUp } from '../store/backup.ts';
import { configOf, type ExitCode, type Terminal } from './terminal.ts';

/** Two weeks of daily backups. */
const KEEP = '14';

/** A verified copy of the database; the kiosk may be running. */
export async function backupCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { keep: { type: 'string', default: KEEP } },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new KioskError('cli/usage', 'specify one folder');
  if (!/^[1-9]\d{0,3}$/.test(values.keep))
    throw new KioskError('cli/usage', '--keep must be a number from 1 to 9999');
  const { dataDir } = configOf(terminal);
  const keep = Number(values.keep);
  const backup = await backUp({ dataDir, folder, keep, wallMs: systemClock.wall() });
  terminal.stdout.write(
    `${backup.file}: ${backup.rows} journal rows, head ${backup.head}; ${backup.removed} older copies removed\n`,
  );
  return 0;
}
