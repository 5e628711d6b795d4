/** The clinician's opinion from before the result was shown; NULL if it was not asked for. */
export const OPINION_BEFORE = `
  ALTER TABLE results ADD COLUMN blind_opinion TEXT CHECK (json_valid(blind_opinion));

  -- For the statistics: 'none' if it was asked for and not given.
  ALTER TABLE log ADD COLUMN opinion_before TEXT CHECK (opinion_before IN ('benign', 'malignant', 'unsure', 'none'));
  DROP TRIGGER log_closing;
  CREATE TRIGGER log_closing AFTER INSERT ON results BEGIN
    INSERT INTO log (number, opened_wall_ms, source, outcome, statement, patient_id, lesion_id, opinion_before)
      SELECT number, opened_wall_ms, source, NEW.outcome, NEW.statement, patient_id, lesion_id,
          CASE WHEN NEW.blind_opinion IS NOT NULL
            THEN coalesce(json_extract(NEW.blind_opinion, '$.opinion'), 'none') END
        FROM sessions WHERE id = NEW.session_id;
  END;
`;
