import { appendOnly } from './append-only.ts';

/** Results of a later model for stored images; the results of the sessions themselves are never changed. */
export const RESCORES = `
  CREATE TABLE rescores (
    sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
    session_id TEXT NOT NULL REFERENCES sessions (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('result', 'withheld', 'retake')),
    reason TEXT CHECK ((reason IS NULL) = (outcome = 'result')),
    malignancy REAL CHECK (malignancy BETWEEN 0 AND 1 AND (malignancy IS NULL) = (outcome <> 'result')),
    threshold REAL,
    statement TEXT,
    probabilities TEXT CHECK (json_valid(probabilities)),
    prevalence REAL CHECK (prevalence > 0 AND prevalence < 1),
    model TEXT NOT NULL CHECK (json_valid(model)),
    wall_ms REAL NOT NULL,
    operator TEXT
  ) STRICT;
  CREATE INDEX rescores_by_session ON rescores (session_id, sequence);
  ${appendOnly('rescores')}
`;
