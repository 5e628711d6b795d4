/** Patients and lesions, and their links to sessions. */
export const PATIENTS_AND_LESIONS = `
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
`;
