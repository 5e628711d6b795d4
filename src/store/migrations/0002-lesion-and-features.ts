/** Measurements of the lesion besides its classes. */
export const LESION_AND_FEATURES = `
  -- Canonical JSON: what was found of the lesion without naming a class. NULL where the model of the time gave nothing of the kind.
  ALTER TABLE results ADD COLUMN lesion TEXT;
  ALTER TABLE results ADD COLUMN hints TEXT;
`;
