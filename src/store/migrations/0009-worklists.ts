/**
 * Captures whose histology is awaited: not discarded, without a histology, and suspected to be malignant by the
 * clinician or, if they have not said otherwise, by the result.
 */
const AWAITED = `histology IS NULL AND disposition <> 'discarded' AND outcome IN ('result', 'withheld')
  AND CASE
    WHEN opinion IS NOT NULL THEN opinion IN ('malignant', 'mel', 'bcc', 'akiec')
    WHEN statement IN ('above', 'at') THEN clinician IS NOT 'disagree'
    ELSE statement = 'below' AND clinician = 'disagree'
  END`;

/** The index of the worklist of awaited histologies: a few rows of a log of any length. */
export const WORKLISTS = `
  CREATE INDEX log_histology_pending ON log (number) WHERE ${AWAITED};
`;

/** The numbers of those captures, from their index. */
export const HISTOLOGY_PENDING = `SELECT number FROM log INDEXED BY log_histology_pending WHERE ${AWAITED}`;
