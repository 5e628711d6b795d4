/**
 * Lesions can be renamed, moved on the body map, closed and reopened, with their history; a patient can have a skin
 * phototype and a year of birth.
 */
export const LESION_EDITS_AND_PATIENT_DETAILS = `
  -- Why it was closed; NULL while it is open.
  ALTER TABLE lesions ADD COLUMN closed TEXT CHECK (closed NOT GLOB '*[^a-z-]*' AND length(closed) BETWEEN 1 AND 20);
  CREATE INDEX lesions_closed ON lesions (id) WHERE closed IS NOT NULL;

  -- One row an edit, with the label or site that the lesion had before it. The label can be erased, as in lesions.
  CREATE TABLE lesion_edits (
    sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
    lesion_id TEXT NOT NULL REFERENCES lesions (id),
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'moved', 'closed', 'reopened')),
    label TEXT CHECK (length(label) BETWEEN 1 AND 20),
    site TEXT,
    reason TEXT,
    operator TEXT CHECK (length(operator) BETWEEN 1 AND 64)
  ) STRICT;
  CREATE INDEX lesion_edits_by_lesion ON lesion_edits (lesion_id, sequence);
  CREATE TRIGGER lesion_edits_erased_only BEFORE UPDATE ON lesion_edits
    WHEN NEW.label IS NOT NULL OR NEW.sequence IS NOT OLD.sequence OR NEW.lesion_id IS NOT OLD.lesion_id
      OR NEW.kind IS NOT OLD.kind OR NEW.site IS NOT OLD.site OR NEW.reason IS NOT OLD.reason
      OR NEW.operator IS NOT OLD.operator
    BEGIN SELECT RAISE(ABORT, 'an edit of a lesion is never changed, only its label erased'); END;
  CREATE TRIGGER lesion_edits_no_delete BEFORE DELETE ON lesion_edits
    BEGIN SELECT RAISE(ABORT, 'rows of lesion_edits are never deleted'); END;

  -- The latest edit must be the one that the update makes.
  DROP TRIGGER lesions_erased_only;
  CREATE TRIGGER lesions_erased_only BEFORE UPDATE ON lesions
    WHEN NEW.id IS NOT OLD.id OR NEW.contra_indications IS NOT OLD.contra_indications
      OR (NEW.patient_id IS NOT OLD.patient_id AND NOT EXISTS (
        SELECT 1 FROM earlier_references WHERE patient_id = NEW.patient_id AND merged_patient_id = OLD.patient_id))
      OR (NEW.label IS NOT OLD.label AND NEW.label IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM lesion_edits WHERE kind = 'renamed' AND label IS OLD.label
          AND sequence = (SELECT max(sequence) FROM lesion_edits WHERE lesion_id = OLD.id)))
      OR (NEW.site IS NOT OLD.site AND NOT EXISTS (
        SELECT 1 FROM lesion_edits WHERE kind = 'moved' AND site IS OLD.site
          AND sequence = (SELECT max(sequence) FROM lesion_edits WHERE lesion_id = OLD.id)))
      OR (NEW.closed IS NOT OLD.closed AND NOT EXISTS (
        SELECT 1 FROM lesion_edits WHERE kind = iif(NEW.closed IS NULL, 'reopened', 'closed') AND reason IS NEW.closed
          AND sequence = (SELECT max(sequence) FROM lesion_edits WHERE lesion_id = OLD.id)))
    BEGIN SELECT RAISE(ABORT, 'a lesion is never changed without its history, only its label erased'); END;

  -- NULL: unknown, or erased. Not in the journal, so that they can be erased.
  ALTER TABLE patients ADD COLUMN phototype INTEGER CHECK (phototype BETWEEN 1 AND 6);
  ALTER TABLE patients ADD COLUMN birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 2199);
  DROP TRIGGER patients_erased_only;
  CREATE TRIGGER patients_erased_only BEFORE UPDATE ON patients
    WHEN NEW.id IS NOT OLD.id OR (NEW.reference IS NOT NULL AND NEW.reference IS NOT OLD.reference AND NOT EXISTS (
      SELECT 1 FROM earlier_references WHERE patient_id = OLD.id AND merged_patient_id IS NULL AND reference IS OLD.reference))
    BEGIN SELECT RAISE(ABORT, 'a reference is only erased, or corrected with its history'); END;

  -- What only one of two merged patients has stays known; nothing of the other one remains under their id.
  CREATE TRIGGER earlier_references_details AFTER INSERT ON earlier_references WHEN NEW.merged_patient_id IS NOT NULL BEGIN
    UPDATE patients SET
        phototype = coalesce(phototype, (SELECT phototype FROM patients WHERE id = NEW.merged_patient_id)),
        birth_year = coalesce(birth_year, (SELECT birth_year FROM patients WHERE id = NEW.merged_patient_id))
      WHERE id = NEW.patient_id;
    UPDATE patients SET phototype = NULL, birth_year = NULL WHERE id = NEW.merged_patient_id;
  END;
`;
