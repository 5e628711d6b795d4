/** Every statement of the store, prepared once at start. Values are bound, never written into the text. */

const CLOSED_SESSIONS = `
  SELECT s.number, s.id, s.source, s.opened_wall_ms, r.outcome, r.reason, r.malignancy, r.threshold, r.statement,
    r.probabilities, r.model, r.picture_sha256, r.quality, r.lesion, r.hints, r.timings,
    (SELECT json_extract(j.body, '$.disposition') FROM journal j
      WHERE j.session_id = s.id AND j.kind = 'disposition' ORDER BY j.sequence DESC LIMIT 1) AS disposition
  FROM sessions s JOIN results r ON r.session_id = s.id`;

export const SQL = {
  insertBoot: 'INSERT INTO boots (boot_id, started_wall_ms) VALUES (?, ?)',
  insertSession: 'INSERT INTO sessions (id, source, boot_id, opened_wall_ms) VALUES (?, ?, ?, ?)',
  insertResult: `
    INSERT INTO results (session_id, outcome, reason, malignancy, threshold, statement, probabilities, model,
      picture_sha256, quality, lesion, hints, timings)
    VALUES (@session_id, @outcome, @reason, @malignancy, @threshold, @statement, @probabilities, @model,
      @picture_sha256, @quality, @lesion, @hints, @timings)`,
  insertJournal: `
    INSERT INTO journal (sequence, boot_id, monotonic_ms, wall_ms, kind, session_id, body, previous_hash, hash)
    VALUES (@sequence, @bootId, @monotonicMs, @wallMs, @kind, @sessionId, @body, @previousHash, @hash)`,
  lastJournalRow: 'SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1',
  openSessions: 'SELECT id FROM sessions WHERE id NOT IN (SELECT session_id FROM results) ORDER BY number',
  page: `${CLOSED_SESSIONS} WHERE s.number < ? ORDER BY s.number DESC LIMIT ?`,
  one: `${CLOSED_SESSIONS} WHERE s.id = ?`,
  journalOf: 'SELECT * FROM journal WHERE session_id = ? ORDER BY sequence',
  // Larger than a page, so that it needs pages of its own; what it frees again stays for the rows to come.
  fillProbe: 'INSERT INTO probe (ballast) VALUES (zeroblob(8192))',
  emptyProbe: 'DELETE FROM probe',
} as const;

/** What `verifyRecords` reads. */
export const ALL_ROWS = {
  journal: 'SELECT * FROM journal ORDER BY sequence',
  boots: 'SELECT * FROM boots',
  sessions: 'SELECT * FROM sessions ORDER BY number',
  results: 'SELECT * FROM results',
} as const;
