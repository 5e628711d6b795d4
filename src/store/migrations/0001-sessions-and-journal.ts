import { appendOnly } from './append-only.ts';

/** Sessions, their results and the journal: append-only. */
export const SESSIONS_AND_JOURNAL = `
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
  ${appendOnly('boots', 'sessions', 'results', 'journal')}
`;
