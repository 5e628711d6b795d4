/** The contraindications that were asked with a capture, and the answer; NULL if they were not asked. */
export const CONTRA_ANSWERS = `
  ALTER TABLE results ADD COLUMN contra TEXT CHECK (json_valid(contra));
`;
