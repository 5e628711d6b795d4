import { appendOnly } from './append-only.ts';

/** The clinician’s verdicts and histology, and the narrow table for searching the log. */
export const ASSESSMENTS_AND_LOG = `
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
  ${appendOnly('assessments')}

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
`;
