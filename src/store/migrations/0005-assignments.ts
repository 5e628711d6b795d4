/** The patient of a session may be given or changed later, a reference corrected, and two patients merged. */
export const ASSIGNMENTS = `
  -- Whose a session is now. The row of sessions stays as it was written at the press.
  ALTER TABLE log ADD COLUMN patient_id TEXT REFERENCES patients (id);
  ALTER TABLE log ADD COLUMN lesion_id TEXT REFERENCES lesions (id);
  UPDATE log SET (patient_id, lesion_id) =
    (SELECT patient_id, lesion_id FROM sessions s WHERE s.number = log.number);
  CREATE INDEX log_by_patient ON log (patient_id);
  CREATE INDEX log_by_lesion ON log (lesion_id) WHERE lesion_id IS NOT NULL;
  DROP TRIGGER log_closing;
  CREATE TRIGGER log_closing AFTER INSERT ON results BEGIN
    INSERT INTO log (number, opened_wall_ms, source, outcome, statement, patient_id, lesion_id)
      SELECT number, opened_wall_ms, source, NEW.outcome, NEW.statement, patient_id, lesion_id
        FROM sessions WHERE id = NEW.session_id;
  END;
  CREATE TRIGGER log_of_one_patient BEFORE UPDATE OF patient_id, lesion_id ON log
    WHEN NEW.lesion_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM lesions WHERE id = NEW.lesion_id AND patient_id IS NEW.patient_id)
    BEGIN SELECT RAISE(ABORT, 'a lesion belongs to one reference'); END;
  CREATE TRIGGER log_assignment AFTER INSERT ON journal WHEN NEW.kind = 'session-assigned' BEGIN
    UPDATE log SET patient_id = json_extract(NEW.body, '$.patient'), lesion_id = json_extract(NEW.body, '$.lesion')
      WHERE number = (SELECT number FROM sessions WHERE id = NEW.session_id);
  END;

  -- Earlier references of a patient: corrected ones, and those of patients that were merged into this one. The text can be erased, as in patients.
  CREATE TABLE earlier_references (
    sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
    patient_id TEXT NOT NULL REFERENCES patients (id),
    merged_patient_id TEXT REFERENCES patients (id),
    reference TEXT CHECK (length(reference) BETWEEN 1 AND 40)
  ) STRICT;
  CREATE INDEX earlier_references_by_patient ON earlier_references (patient_id);
  CREATE TRIGGER earlier_references_erased_only BEFORE UPDATE ON earlier_references
    WHEN NEW.reference IS NOT NULL OR NEW.sequence IS NOT OLD.sequence OR NEW.patient_id IS NOT OLD.patient_id
      OR NEW.merged_patient_id IS NOT OLD.merged_patient_id
    BEGIN SELECT RAISE(ABORT, 'an earlier reference is never changed, only erased'); END;
  CREATE TRIGGER earlier_references_no_delete BEFORE DELETE ON earlier_references
    BEGIN SELECT RAISE(ABORT, 'rows of earlier_references are never deleted'); END;

  DROP TRIGGER patients_erased_only;
  CREATE TRIGGER patients_erased_only BEFORE UPDATE ON patients
    WHEN NEW.id IS NOT OLD.id OR (NEW.reference IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM earlier_references WHERE patient_id = OLD.id AND merged_patient_id IS NULL AND reference IS OLD.reference))
    BEGIN SELECT RAISE(ABORT, 'a reference is only erased, or corrected with its history'); END;
  DROP TRIGGER lesions_erased_only;
  CREATE TRIGGER lesions_erased_only BEFORE UPDATE ON lesions
    WHEN NEW.id IS NOT OLD.id OR NEW.site IS NOT OLD.site OR NEW.contra_indications IS NOT OLD.contra_indications
      OR (NEW.label IS NOT NULL AND NEW.label IS NOT OLD.label)
      OR (NEW.label IS NOT NULL AND NEW.patient_id IS OLD.patient_id)
      OR (NEW.patient_id IS NOT OLD.patient_id AND NOT EXISTS (
        SELECT 1 FROM earlier_references WHERE patient_id = NEW.patient_id AND merged_patient_id = OLD.patient_id))
    BEGIN SELECT RAISE(ABORT, 'a lesion is never changed, only its label erased'); END;
  CREATE TRIGGER earlier_references_merging AFTER INSERT ON earlier_references WHEN NEW.merged_patient_id IS NOT NULL BEGIN
    UPDATE lesions SET patient_id = NEW.patient_id WHERE patient_id = NEW.merged_patient_id;
    UPDATE log SET patient_id = NEW.patient_id WHERE patient_id = NEW.merged_patient_id;
    UPDATE patients SET reference = NULL WHERE id = NEW.merged_patient_id;
  END;
`;
