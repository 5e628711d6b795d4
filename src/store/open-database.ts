import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createPrivate } from '../lib/durable-file.ts';
import { describe, KioskError, systemCode } from '../lib/errors.ts';
import { damaged, wrapStoreErrors } from './errors.ts';
import { checkIntegrity, migrate, refuseNewer } from './migrations/migrate.ts';

/** An open database. Only this file depends on the package. */
export type Connection = Database.Database;

/** Name of the database in the data folder. */
export const DATABASE_FILE = 'kiosk.sqlite';
const LOCK_FILE = 'kiosk.lock';

/** SQLite's page cache: a session's writes and a page of the log need a fraction of it. */
const CACHE_KIB = 2048;

/**
 * Opens the database of a data folder for the kiosk itself, checks it, and migrates its schema; creates it if it does
 * not exist.
 *
 * @param options `upgrade: false` leaves the schema as it is
 * @throws KioskError `store/newer`, `store/damaged`; errors of SQLite
 */
export function openDatabase(dir: string, { upgrade = true } = {}): Connection {
  const file = join(dir, DATABASE_FILE);
  createPrivate(file);
  const database = new Database(file, { timeout: 2_000 });
  try {
    refuseNewer(database);
    // Its -wal and -shm get the same permissions as the file.
    chmodSync(file, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    // A small WAL: one session is a few pages, and little has to be replayed after a power cut.
    database.pragma('wal_autocheckpoint = 64');
    database.pragma('journal_size_limit = 1048576');
    // better-sqlite3's default cache is 16 MB: with a growing file, memory would grow for thousands of presses before
    // it levels off.
    database.pragma(`cache_size = -${CACHE_KIB}`);
    checkIntegrity(database, DATABASE_FILE);
    if (upgrade) migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw /^SQLITE_(CORRUPT|NOTADB)/.test(systemCode(error))
      ? damaged(DATABASE_FILE, describe(error), error)
      : error;
  }
}

/** Read-only; also while a kiosk is running on the folder. @throws KioskError `store/missing`, `store/newer` */
export function openReadOnly(dir: string): Connection {
  const file = join(dir, DATABASE_FILE);
  if (!existsSync(file)) throw new KioskError('store/missing', `there is no database in ${dir}`);
  return wrapStoreErrors(() => {
    const database = new Database(file, { readonly: true });
    try {
      refuseNewer(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Opens a copy, by its path, as a single file: it has no -wal and no -shm.
 *
 * @throws errors of SQLite
 */
export function openCopy(file: string): Connection {
  const copy = new Database(file);
  copy.pragma('journal_mode = DELETE');
  return copy;
}

/**
 * A lock that the system releases when its holder dies: an exclusive transaction, never ended, on a small separate
 * database. SQLite's `locking_mode = EXCLUSIVE` on the real one would block `kiosk verify` and every other reader as
 * well.
 */
export function takeLock(dir: string): Connection {
  const file = join(dir, LOCK_FILE);
  createPrivate(file);
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!systemCode(error).startsWith('SQLITE_BUSY')) throw error;
    throw new KioskError('store/in-use', `another kiosk is already running on the data folder ${dir}`, {
      cause: error,
    });
  }
}
