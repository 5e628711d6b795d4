import { createPrivate } from '../lib/durable-file.ts';
import { storeError, wrapStoreErrors } from './errors.ts';
import { readWhole } from './log.ts';
import { checkIntegrity, refuseOlder } from './migrations/migrate.ts';
import { DATABASE_FILE, openCopy, openReadOnly } from './open-database.ts';
import type { JournalVerification, LogReader } from './port.ts';
import { verifyDatabase } from './verify.ts';

/**
 * Verifies the journal of a data folder without starting a kiosk; also while one is running there.
 *
 * @throws KioskError `store/missing` if there is none
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
 * Reads the current log of a data folder without starting a kiosk; also while one is running there.
 *
 * @throws KioskError `store/missing` if there is none, `store/older` if this version has not been started on it yet
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
 * Copies the database of a data folder to a new file, also while a kiosk is running there, and verifies the copy as a
 * start and `kiosk verify` would. The copy is a single file: it has no -wal and no -shm.
 *
 * @throws KioskError `store/missing`; `store/damaged` if the copy, and so the database, is damaged; errors of SQLite
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
