import { damaged } from './errors.ts';
import { KioskError } from '../lib/errors.ts';

/** Triggers against changing and deleting. */
const forEver = (...tables: string[]): string =>
  tables
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
  ${forEver('boots', 'sessions', 'results', 'journal')}
  `,
  `
  -- Canonical JSON: what was found of the lesion without naming a class. NULL where the model of the time gave nothing of the kind.
  ALTER TABLE results ADD COLUMN lesion TEXT;
  ALTER TABLE results ADD COLUMN hints TEXT;
  `,
  `
  -- Edits of the clinician's verdict and of the histology: the latest of a kind counts, a NULL value withdraws. Codes, never free text.
  CREATE TABLE assessments (
    sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
    session_id TEXT NOT NULL REFERENCES sessions (id),
    kind TEXT NOT NULL CHECK (kind IN ('clinician', 'histology')),
    value TEXT CHECK (value NOT GLOB '*[^a-z-]*' AND length(value) BETWEEN 1 AND 20),
    opinion TEXT CHECK (opinion NOT GLOB '*[^a-z-]*' AND length(opinion) BETWEEN 1 AND 20),
    wall_ms REAL NOT NULL,
    CHECK (opinion IS NULL OR (kind = 'clinician' AND value IS NOT NULL))
  ) STRICT;
  CREATE INDEX assessments_by_session ON assessments (session_id, sequence);
  ${forEver('assessments')}

  -- One narrow row a closed session: what the log is filtered and counted by, as it stands now. The one table whose rows change; triggers
  -- keep it, and the journal tells what must be in it.
  CREATE TABLE log (
    number INTEGER PRIMARY KEY REFERENCES sessions (number),
    opened_wall_ms REAL NOT NULL,
    source TEXT NOT NULL,
    outcome TEXT NOT NULL,
    statement TEXT,
    disposition TEXT NOT NULL DEFAULT 'unreviewed',
    clinician TEXT,
    opinion TEXT,
    histology TEXT
  ) STRICT;
  CREATE INDEX log_by_opened ON log (opened_wall_ms);
  CREATE INDEX log_by_source ON log (source);
  CREATE INDEX log_by_outcome ON log (outcome);
  CREATE INDEX log_by_disposition ON log (disposition);
  CREATE INDEX log_by_clinician ON log (clinician);
  CREATE INDEX log_by_histology ON log (histology);
  INSERT INTO log (number, opened_wall_ms, source, outcome, statement, disposition)
    SELECT s.number, s.opened_wall_ms, s.source, r.outcome, r.statement,
      COALESCE((SELECT json_extract(j.body, '$.disposition') FROM journal j
        WHERE j.session_id = s.id AND j.kind = 'disposition' ORDER BY j.sequence DESC LIMIT 1), 'unreviewed')
    FROM sessions s JOIN results r ON r.session_id = s.id;
  CREATE TRIGGER log_no_delete BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'rows of log are never deleted'); END;
  CREATE TRIGGER log_closing AFTER INSERT ON results BEGIN
    INSERT INTO log (number, opened_wall_ms, source, outcome, statement)
      SELECT number, opened_wall_ms, source, NEW.outcome, NEW.statement FROM sessions WHERE id = NEW.session_id;
  END;
  CREATE TRIGGER log_disposition AFTER INSERT ON journal WHEN NEW.kind = 'disposition' BEGIN
    UPDATE log SET disposition = json_extract(NEW.body, '$.disposition')
      WHERE number = (SELECT number FROM sessions WHERE id = NEW.session_id);
  END;
  CREATE TRIGGER log_clinician AFTER INSERT ON assessments WHEN NEW.kind = 'clinician' BEGIN
    UPDATE log SET clinician = NEW.value, opinion = NEW.opinion
      WHERE number = (SELECT number FROM sessions WHERE id = NEW.session_id);
  END;
  CREATE TRIGGER log_histology AFTER INSERT ON assessments WHEN NEW.kind = 'histology' BEGIN
    UPDATE log SET histology = NEW.value WHERE number = (SELECT number FROM sessions WHERE id = NEW.session_id);
  END;
  `,
  `
  -- What names a person, and what people have written, stands in these two tables alone, where it can be erased (set to NULL): all else, the
  -- journal included, knows the random ids.
  CREATE TABLE patients (
    id TEXT PRIMARY KEY,
    reference TEXT UNIQUE CHECK (length(reference) BETWEEN 1 AND 40)
  ) STRICT;
  CREATE TABLE lesions (
    id TEXT PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    site TEXT NOT NULL CHECK (site NOT GLOB '*[^a-z-]*' AND length(site) BETWEEN 1 AND 30),
    label TEXT CHECK (length(label) BETWEEN 1 AND 20),
    contra_indications TEXT NOT NULL CHECK (json_valid(contra_indications))
  ) STRICT;
  CREATE INDEX lesions_by_patient ON lesions (patient_id);
  CREATE TRIGGER patients_erased_only BEFORE UPDATE ON patients WHEN NEW.id IS NOT OLD.id OR NEW.reference IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a reference is never changed, only erased'); END;
  CREATE TRIGGER patients_no_delete BEFORE DELETE ON patients
    BEGIN SELECT RAISE(ABORT, 'rows of patients are never deleted'); END;
  CREATE TRIGGER lesions_erased_only BEFORE UPDATE ON lesions
    WHEN NEW.label IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.patient_id IS NOT OLD.patient_id OR NEW.site IS NOT OLD.site
      OR NEW.contra_indications IS NOT OLD.contra_indications
    BEGIN SELECT RAISE(ABORT, 'a lesion is never changed, only its label erased'); END;
  CREATE TRIGGER lesions_no_delete BEFORE DELETE ON lesions
    BEGIN SELECT RAISE(ABORT, 'rows of lesions are never deleted'); END;

  ALTER TABLE sessions ADD COLUMN patient_id TEXT REFERENCES patients (id);
  ALTER TABLE sessions ADD COLUMN lesion_id TEXT REFERENCES lesions (id);
  CREATE INDEX sessions_by_patient ON sessions (patient_id) WHERE patient_id IS NOT NULL;
  CREATE INDEX sessions_by_lesion ON sessions (lesion_id) WHERE lesion_id IS NOT NULL;
  CREATE TRIGGER sessions_of_one_patient BEFORE INSERT ON sessions
    WHEN NEW.lesion_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM lesions WHERE id = NEW.lesion_id AND patient_id IS NEW.patient_id)
    BEGIN SELECT RAISE(ABORT, 'a lesion belongs to one reference'); END;
  `,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** The first schema with assessments and the narrow log. */
export const ASSESSED_SCHEMA = 3;

/** The first schema with patients and lesions. */
export const CONTEXT_SCHEMA = 4;

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

export function versionOf(database: Migratable): number {
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

/** @throws KioskError `store/older` when no kiosk of this program has run on the folder yet */
export function refuseOlder(database: Migratable, dir: string): void {
  if (versionOf(database) >= CONTEXT_SCHEMA) return;
  throw new KioskError('store/older', `the database in ${dir} is of an older program: start the kiosk once`);
}

/** @throws KioskError `store/damaged`, with `file` for its name */
export function checkIntegrity(database: Migratable, file: string): void {
  const finding = String(database.pragma('integrity_check(1)', { simple: true }));
  if (finding !== 'ok') throw damaged(file, finding);
}
