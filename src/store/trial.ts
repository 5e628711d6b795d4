import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wrapStoreErrors } from './errors.ts';
import { versionOf } from './migrations/migrate.ts';
import { DATABASE_FILE, openDatabase } from './open-database.ts';
import { SQL } from './sql.ts';

/**
 * Checks that a kiosk could record in a data folder without starting one, even while one is running there. An existing database is opened as
 * at startup, but not migrated, and a row is inserted and removed; if there is none, one is created in a separate folder and removed.
 *
 * @throws KioskError as a start and as every write
 */
export function tryDatabase(dir: string): void {
  wrapStoreErrors(() => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const existing = existsSync(join(dir, DATABASE_FILE));
    const folder = existing ? dir : mkdtempSync(join(dir, 'trial-'));
    try {
      const database = openDatabase(folder, { upgrade: !existing });
      try {
        // An interrupted start leaves an empty file.
        if (versionOf(database) > 0)
          database.exec(`BEGIN IMMEDIATE; ${SQL.fillProbe}; ${SQL.emptyProbe}; COMMIT`);
      } finally {
        database.close();
      }
    } finally {
      if (!existing) rmSync(folder, { recursive: true, force: true });
    }
  });
}
