import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wrapStoreErrors } from './errors.ts';
import { versionOf } from './migrations/migrate.ts';
import { DATABASE_FILE, openDatabase } from './open-database.ts';
import { SQL } from './sql.ts';

/**
 * Shows that a kiosk could record in a data folder without starting one there; also while one runs there. An existing database is opened as
 * at a start, but not migrated, and a row is put in and taken out; where there is none, one is made in a folder of its own and removed.
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
        // An empty file is what a start that was cut off leaves.
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
