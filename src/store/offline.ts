import { createPrivate } from '../lib/durable-file.ts';
import { storeError, wrapStoreErrors } from './errors.ts';
import { readWhole } from './log.ts';
import { checkIntegrity, refuseOlder } from './migrations/migrate.ts';
import { DATABASE_FILE, openCopy, openReadOnly } from './open-database.ts';
import type { JournalVerification, LogReader } from './port.ts';
import { verifyDatabase } from './verify.ts';

/**
 * Verifies the journal of a data folder without starting a kiosk on it; also while one runs there.
 *
 * @throws KioskError `store/missing` when there is none
 */
export function verifyJournal(dir: string): JournalVerification {
  const database = openReadOnly(dir);
  try {
    return wrapStoreErrors(() => verifyDatabase(database));
  } finally {
    database.close();
  }
}

/**
 * Reads the log of a data folder as it is now, without starting a kiosk on it; also while one runs there.
 *
 * @throws KioskError `store/missing` when there is none, `store/older` when no kiosk of this program has run on it yet
 */
export function readLog(dir: string): LogReader {
  const database = openReadOnly(dir);
  try {
    refuseOlder(database, dir);
    database.exec('BEGIN');
    return {
      rows: (page) => wrapStoreErrors(() => readWhole(database, page)),
      close: () => {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw storeError(error);
  }
}

/**
 * Copies the database of a data folder into a new file, also while a kiosk runs there, and proves the copy as a start and `kiosk verify`
 * would. The copy is one file by itself: no -wal and no -shm belong to it.
 *
 * @throws KioskError `store/missing`; `store/damaged` when the copy, and so the database, is not sound; what SQLite throws
 */
export async function copyDatabase(dir: string, file: string): Promise<JournalVerification> {
  const source = openReadOnly(dir);
  try {
    createPrivate(file);
    await source.backup(file);
  } finally {
    source.close();
  }
  const copy = openCopy(file);
  try {
    checkIntegrity(copy, DATABASE_FILE);
    return verifyDatabase(copy);
  } finally {
    copy.close();
  }
}
