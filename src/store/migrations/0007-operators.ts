/** Operators, and who recorded a verdict or a histology. */
export const OPERATORS = `
  -- Who unlocks the log, the patients and the settings. Never deleted: the journal names them by id. A name stands here alone, where it can be
  -- changed. Badge and PIN are salted hashes.
  CREATE TABLE operators (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 24),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    settings INTEGER NOT NULL CHECK (settings IN (0, 1)),
    badge TEXT UNIQUE,
    pin TEXT CHECK (json_valid(pin)),
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0)
  ) STRICT;
  CREATE TRIGGER operators_same_id BEFORE UPDATE ON operators WHEN NEW.id IS NOT OLD.id
    BEGIN SELECT RAISE(ABORT, 'the id of an operator is never changed'); END;
  CREATE TRIGGER operators_no_delete BEFORE DELETE ON operators
    BEGIN SELECT RAISE(ABORT, 'rows of operators are never deleted'); END;

  -- One salt for all badges of this kiosk: a scanned code is hashed once and looked up. One row.
  CREATE TABLE badge_reader (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    salt TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0)
  ) STRICT;

  -- Id of the operator, or 'technician'; NULL if nobody had to unlock.
  ALTER TABLE assessments ADD COLUMN operator TEXT CHECK (length(operator) BETWEEN 1 AND 64);
`;
