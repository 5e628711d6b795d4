/**
 * The share of malignant lesions for which a result's numbers hold, and the classes marked in it. Both NULL in sessions
 * of earlier versions.
 */
export const PREVALENCE = `
  ALTER TABLE results ADD COLUMN prevalence REAL CHECK (prevalence > 0 AND prevalence < 1);
  ALTER TABLE results ADD COLUMN marked TEXT;
`;
