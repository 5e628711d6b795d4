import { basename, dirname, join } from 'node:path';
import { PART, writeDurably } from '../../lib/durable-file.ts';
import { KioskError, systemCode } from '../../lib/errors.ts';
import type { LogFilter, SessionStore } from '../../store/port.ts';
import { exportOf, type ExportChoice } from './export.ts';

/** Signs of a missing USB drive: the mount point does not exist, is just a folder owned by root, or has no device. */
const NO_MEDIUM = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ENODEV', 'ENXIO', 'EROFS'];

/**
 * Writes an export to a removable medium under a unique name, atomically; the folder itself is never created.
 *
 * @param at milliseconds since 1970
 * @returns the file’s name
 * @throws KioskError `export/no-medium`, `export/failed`
 */
export async function exportInto(
  folder: string,
  what: { readonly store: Pick<SessionStore, 'rows'>; readonly filter: LogFilter } & ExportChoice,
  at: number,
): Promise<string> {
  const { store, filter, ...choice } = what;
  const moment = new Date(at).toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  const file = `sessions-${moment}.${choice.format}`;
  try {
    await writeExport(join(folder, file), exportOf(store, filter, choice));
  } catch (error) {
    if (error instanceof KioskError) throw error;
    const code = NO_MEDIUM.includes(systemCode(error)) ? 'export/no-medium' : 'export/failed';
    throw new KioskError(code, `the export could not be written into ${folder}`, { cause: error });
  }
  return file;
}

/** Writes an export to a file, atomically; two programs may write to the folder at once. */
export async function writeExport(file: string, pages: AsyncIterable<string>): Promise<void> {
  await writeDurably(file, pages, join(dirname(file), `.${basename(file)}.${process.pid}${PART}`));
}
