import type { ReviewKind } from '../protocol/assessments.ts';
import { RESULT_FIELDS } from './result-fields.ts';

/** All statements of the store, prepared once at start. Values are bound, never interpolated. */

const OUTCOME_COLUMNS = RESULT_FIELDS.map(({ column }) => column);
const RESULT_COLUMNS = ['session_id', ...OUTCOME_COLUMNS];

/** Who recorded the latest verdict or histology. */
const author = (kind: ReviewKind) => `
    (SELECT operator FROM assessments WHERE session_id = s.id AND kind = '${kind}' ORDER BY sequence DESC LIMIT 1)
    AS ${kind}_by`;

const LATEST_RESCORE = '(SELECT max(sequence) FROM rescores WHERE session_id = s.id)';

const SESSION = `
  SELECT s.number, s.id, s.source, s.opened_wall_ms, ${OUTCOME_COLUMNS.map((name) => `r.${name}`).join(', ')},
    l.disposition, l.clinician, l.opinion, l.histology, ${author('clinician')}, ${author('histology')},
    l.patient_id, l.lesion_id, p.reference, p.phototype, p.birth_year, e.site, e.label, e.contra_indications, e.closed,
    (SELECT body FROM journal WHERE sequence = ${LATEST_RESCORE}) AS rescored,
    (SELECT wall_ms FROM rescores WHERE sequence = ${LATEST_RESCORE}) AS rescored_wall_ms`;

const CONTEXT = 'LEFT JOIN patients p ON p.id = l.patient_id LEFT JOIN lesions e ON e.id = l.lesion_id';

const CONTAINS = "reference LIKE @search ESCAPE '\\'";

export const SQL = {
  insertBoot: 'INSERT INTO boots (boot_id, started_wall_ms) VALUES (?, ?)',
  insertSession: `
    INSERT INTO sessions (id, source, boot_id, opened_wall_ms, patient_id, lesion_id)
    VALUES (@id, @source, @bootId, @wallMs, @patient, @lesion)`,
  insertResult: `
    INSERT INTO results (${RESULT_COLUMNS.join(', ')})
    VALUES (${RESULT_COLUMNS.map((name) => `@${name}`).join(', ')})`,
  insertJournal: `
    INSERT INTO journal (sequence, boot_id, monotonic_ms, wall_ms, kind, session_id, body, previous_hash, hash)
    VALUES (@sequence, @bootId, @monotonicMs, @wallMs, @kind, @sessionId, @body, @previousHash, @hash)`,
  lastJournalRow: 'SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1',
  openSessions: 'SELECT id FROM sessions WHERE id NOT IN (SELECT session_id FROM results) ORDER BY number',
  insertReview: `
    INSERT INTO assessments (sequence, session_id, kind, value, opinion, wall_ms, operator)
    VALUES (@sequence, @session_id, @kind, @value, @opinion, @wall_ms, @operator)`,
  insertRescore: `
    INSERT INTO rescores (sequence, session_id, outcome, reason, malignancy, threshold, statement, probabilities,
      prevalence, model, wall_ms, operator)
    VALUES (@sequence, @session_id, @outcome, @reason, @malignancy, @threshold, @statement, @probabilities,
      @prevalence, @model, @wall_ms, @operator)`,
  outcomeOf: 'SELECT outcome FROM results WHERE session_id = ?',
  one: `${SESSION} FROM sessions s JOIN results r ON r.session_id = s.id JOIN log l ON l.number = s.number
    ${CONTEXT} WHERE s.id = ?`,
  reviewsOf: 'SELECT * FROM assessments WHERE session_id = ? ORDER BY sequence',
  journalOf: 'SELECT * FROM journal WHERE session_id = ? ORDER BY sequence',
  firstOpened:
    'SELECT min(opened_wall_ms) AS opened FROM log INDEXED BY log_by_opened WHERE opened_wall_ms >= ?',
  patientOf: 'SELECT id FROM patients WHERE reference = ?',
  anyPatient: 'SELECT 1 FROM patients WHERE reference IS NOT NULL LIMIT 1',
  insertPatient: 'INSERT INTO patients (id, reference) VALUES (?, ?)',
  lesionsOf:
    'SELECT id, site, label, contra_indications, closed FROM lesions WHERE patient_id = ? ORDER BY rowid DESC',
  lesionOf: 'SELECT id, site, label, contra_indications, closed FROM lesions WHERE id = ?',
  renameLesion: 'UPDATE lesions SET label = ? WHERE id = ?',
  moveLesion: 'UPDATE lesions SET site = ? WHERE id = ?',
  closeLesion: 'UPDATE lesions SET closed = ? WHERE id = ?',
  insertLesionEdit: `
    INSERT INTO lesion_edits (sequence, lesion_id, kind, label, site, reason, operator)
    VALUES (@sequence, @lesion, @kind, @label, @site, @reason, @operator)`,
  lesionEditsOf: `
    SELECT e.*, j.wall_ms FROM lesion_edits e JOIN journal j ON j.sequence = e.sequence
      WHERE e.lesion_id = ? ORDER BY e.sequence DESC`,
  insertLesion: `
    INSERT INTO lesions (id, patient_id, site, label, contra_indications)
    VALUES (@id, @patient, @site, @label, @contraIndications)`,
  subjectOf: `
    SELECT l.patient_id, l.lesion_id FROM sessions s JOIN log l ON l.number = s.number WHERE s.id = ?`,
  lesionOwner: 'SELECT patient_id FROM lesions WHERE id = ?',
  detailsOf: 'SELECT phototype, birth_year FROM patients WHERE id = ?',
  describePatient: 'UPDATE patients SET phototype = @phototype, birth_year = @birthYear WHERE id = @id',
  correctPatient: 'UPDATE patients SET reference = ? WHERE id = ?',
  insertEarlierReference: `
    INSERT INTO earlier_references (sequence, patient_id, merged_patient_id, reference)
    SELECT @sequence, @patient, @merged, reference FROM patients WHERE id = @had`,
  earlierReferencesOf: `
    SELECT e.reference, e.merged_patient_id, j.wall_ms FROM earlier_references e
      JOIN journal j ON j.sequence = e.sequence
      WHERE e.patient_id = ? AND e.reference IS NOT NULL ORDER BY e.sequence DESC`,
  // Only the rows of the page are counted. A patient is found by the earlier references of those merged into them too.
  patientPage: `
    WITH RECURSIVE earlier (patient_id, reference, sequence) AS (
      SELECT patient_id, reference, sequence FROM earlier_references WHERE ${CONTAINS}
      UNION ALL SELECT m.patient_id, e.reference, e.sequence
        FROM earlier e JOIN earlier_references m ON m.merged_patient_id = e.patient_id
    )
    SELECT p.id, p.reference, (SELECT count(*) FROM lesions WHERE patient_id = p.id) AS lesions,
      (SELECT count(*) FROM log WHERE patient_id = p.id) AS sessions, l.opened_wall_ms AS last_wall_ms,
      CASE WHEN NOT p.found THEN
        (SELECT reference FROM earlier WHERE patient_id = p.id ORDER BY sequence DESC LIMIT 1) END AS formerly
      FROM (
        SELECT rowid AS entered, id, reference, ${CONTAINS} AS found,
            (SELECT max(number) FROM log WHERE patient_id = patients.id) AS last
          FROM patients WHERE reference IS NOT NULL AND (found OR id IN (SELECT patient_id FROM earlier))
          ORDER BY last DESC NULLS LAST, entered DESC LIMIT @count OFFSET @from
      ) p LEFT JOIN log l ON l.number = p.last
      ORDER BY p.last DESC NULLS LAST, p.entered DESC`,
  referenceOf: 'SELECT reference FROM patients WHERE id = ?',
  sessionsOf: `
    SELECT s.id, l.number, l.opened_wall_ms, l.outcome, l.statement, l.disposition, l.lesion_id
      FROM log l JOIN sessions s ON s.number = l.number
      WHERE l.patient_id = ? ORDER BY l.number DESC LIMIT 1000`,
  operators: 'SELECT * FROM operators ORDER BY name',
  insertOperator: `
    INSERT INTO operators (id, name, active, settings, badge, pin, failures)
    VALUES (@id, @name, @active, @settings, @badge, @pin, @failures)`,
  updateOperator: `
    UPDATE operators SET name = @name, active = @active, settings = @settings, badge = @badge, pin = @pin,
      failures = @failures WHERE id = @id`,
  countOperatorTry: 'UPDATE operators SET failures = ? WHERE id = ?',
  badgeReader: 'SELECT salt, failures FROM badge_reader',
  insertBadgeReader: 'INSERT INTO badge_reader (only_row, salt) VALUES (1, ?)',
  countBadgeTry: 'UPDATE badge_reader SET failures = ?',
  // Larger than a page, so that it needs pages of its own; the freed pages remain available for later rows.
  fillProbe: 'INSERT INTO probe (ballast) VALUES (zeroblob(8192))',
  emptyProbe: 'DELETE FROM probe',
} as const;

/**
 * A page of the log, newest first: the narrow rows of `log` are searched, and only those of the page are joined with
 * the rest. CROSS JOIN enforces that order
 * (https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join).
 */
export function pageSql(conditions: readonly string[]): string {
  const where = ['number < @before', ...conditions].join(' AND ');
  return `${SESSION}
  FROM (SELECT * FROM log WHERE ${where} ORDER BY number DESC LIMIT @count) l
    CROSS JOIN sessions s ON s.number = l.number CROSS JOIN results r ON r.session_id = s.id ${CONTEXT}
  ORDER BY l.number DESC`;
}

/** Sessions of a filter, grouped for statistics. */
export function countSql(conditions: readonly string[]): string {
  return `SELECT outcome, statement, clinician, histology, count(*) AS sessions
  FROM log WHERE ${conditions.join(' AND ')} GROUP BY outcome, statement, clinician, histology`;
}

/** Input of `verifyRecords`. */
export const ALL_ROWS = {
  journal: 'SELECT * FROM journal ORDER BY sequence',
  boots: 'SELECT * FROM boots',
  sessions: 'SELECT * FROM sessions ORDER BY number',
  results: 'SELECT * FROM results',
  assessments: 'SELECT * FROM assessments',
  log: 'SELECT * FROM log',
  rescores: 'SELECT * FROM rescores',
  lesions: 'SELECT id, patient_id, site, contra_indications, closed FROM lesions',
  lesionsBeforeEdits: 'SELECT id, patient_id, site, contra_indications FROM lesions',
  lesionEdits: 'SELECT sequence, lesion_id, kind, site, reason, operator FROM lesion_edits',
  earlierReferences: 'SELECT sequence, patient_id, merged_patient_id FROM earlier_references',
  operators: `
    SELECT id, active, settings, badge IS NOT NULL AS has_badge, pin IS NOT NULL AS has_pin FROM operators`,
} as const;
