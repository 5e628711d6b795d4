import { appendOnly } from './append-only.ts';

/**
 * A third statement, `at`. SQLite cannot change a CHECK: the table is written anew, with every row as it was
 * (https://www.sqlite.org/lang_altertable.html#otheralter).
 */
export const AT_THE_THRESHOLD = `
  CREATE TABLE results_with_at (
    session_id TEXT PRIMARY KEY REFERENCES sessions (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('result', 'withheld', 'retake', 'fault', 'aborted')),
    reason TEXT,
    malignancy REAL CHECK (malignancy BETWEEN 0 AND 1),
    threshold REAL CHECK (threshold BETWEEN 0 AND 1),
    statement TEXT CHECK (statement IN ('above', 'at', 'below')),
    probabilities TEXT,
    model TEXT,
    picture_sha256 TEXT,
    quality TEXT,
    timings TEXT NOT NULL,
    lesion TEXT,
    hints TEXT,
    CHECK (CASE outcome WHEN 'result'
      THEN malignancy IS NOT NULL AND threshold IS NOT NULL AND statement IS NOT NULL AND probabilities IS NOT NULL
      ELSE malignancy IS NULL AND threshold IS NULL AND statement IS NULL AND probabilities IS NULL END)
  ) STRICT;
  INSERT INTO results_with_at (session_id, outcome, reason, malignancy, threshold, statement, probabilities, model,
      picture_sha256, quality, timings, lesion, hints)
    SELECT session_id, outcome, reason, malignancy, threshold, statement, probabilities, model,
      picture_sha256, quality, timings, lesion, hints FROM results ORDER BY rowid;
  DROP TABLE results;
  ALTER TABLE results_with_at RENAME TO results;
  ${appendOnly('results')}
  CREATE TRIGGER log_closing AFTER INSERT ON results BEGIN
    INSERT INTO log (number, opened_wall_ms, source, outcome, statement, patient_id, lesion_id)
      SELECT number, opened_wall_ms, source, NEW.outcome, NEW.statement, patient_id, lesion_id
        FROM sessions WHERE id = NEW.session_id;
  END;
`;
