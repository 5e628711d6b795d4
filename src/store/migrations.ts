import { KioskError } from '../lib/errors.ts';

const FOR_EVER = ['boots', 'sessions', 'results', 'journal']
  .map(
    (table) => `
  CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'rows of ${table} are never changed'); END;
  CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'rows of ${table} are never deleted'); END;`,
  )
  .join('');

/**
 * The schema, one step a version (`PRAGMA user_version`); a step is never changed once it has shipped. What was written cannot be changed
 * by the program: triggers forbid it, and the journal's hashes show it if somebody does it past them.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE boots (
    boot_id TEXT PRIMARY KEY,
    started_wall_ms REAL NOT NULL
  ) STRICT;

  CREATE TABLE sessions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL CHECK (source IN ('camera', 'upload')),
    boot_id TEXT NOT NULL REFERENCES boots (boot_id),
    opened_wall_ms REAL NOT NULL
  ) STRICT;

  -- A session without a row here is open: under way, or cut off by the power.
  CREATE TABLE results (
    session_id TEXT PRIMARY KEY REFERENCES sessions (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('result', 'withheld', 'retake', 'fault', 'aborted')),
    reason TEXT,
    malignancy REAL CHECK (malignancy BETWEEN 0 AND 1),
    threshold REAL CHECK (threshold BETWEEN 0 AND 1),
    statement TEXT CHECK (statement IN ('above', 'below')),
    probabilities TEXT,
    model TEXT,
    picture_sha256 TEXT,
    quality TEXT,
    timings TEXT NOT NULL,
    -- Numbers exist exactly where a result does: none are kept of an answer that was withheld.
    CHECK (CASE outcome WHEN 'result'
      THEN malignancy IS NOT NULL AND threshold IS NOT NULL AND statement IS NOT NULL AND probabilities IS NOT NULL
      ELSE malignancy IS NULL AND threshold IS NULL AND statement IS NULL AND probabilities IS NULL END)
  ) STRICT;

  CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    boot_id TEXT NOT NULL REFERENCES boots (boot_id),
    monotonic_ms REAL NOT NULL,
    wall_ms REAL NOT NULL,
    kind TEXT NOT NULL,
    session_id TEXT REFERENCES sessions (id),
    body TEXT NOT NULL CHECK (json_valid(body)),
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_by_session ON journal (session_id, sequence) WHERE session_id IS NOT NULL;

  -- Always empty: a row is put in and taken out to learn whether one can be written.
  CREATE TABLE probe (ballast BLOB NOT NULL) STRICT;
  ${FOR_EVER}
  `,
  `
  -- Canonical JSON: what was found of the lesion without naming a class. NULL where the model of the time gave nothing of the kind.
  ALTER TABLE results ADD COLUMN lesion TEXT;
  ALTER TABLE results ADD COLUMN hints TEXT;
  `,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** The little of a connection that a migration needs. */
export interface Migratable {
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple: boolean }): unknown;
}

/** @throws KioskError `store/newer` when a newer program has been here; nothing is touched then */
export function refuseNewer(database: Migratable): void {
  const version = versionOf(database);
  if (version <= SCHEMA_VERSION) return;
  throw new KioskError(
    'store/newer',
    `the database was written by a newer program (schema ${version}, this one knows ${SCHEMA_VERSION}): ` +
      'start that program, or name another data folder',
  );
}

/** Brings the schema up to this program's, each step whole or not at all. */
export function migrate(database: Migratable): void {
  const version = versionOf(database);
  MIGRATIONS.slice(version).forEach((sql, i) => {
    try {
      database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${version + i + 1}; COMMIT;`);
    } catch (error) {
      rollBack(database);
      throw error;
    }
  });
}

function versionOf(database: Migratable): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** Some errors have ended the transaction already. */
function rollBack(database: Migratable): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There was nothing left to roll back.
  }
}
