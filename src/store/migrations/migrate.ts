import { KioskError } from '../../lib/errors.ts';
import { damaged } from '../errors.ts';
import { SESSIONS_AND_JOURNAL } from './0001-sessions-and-journal.ts';
import { LESION_AND_FEATURES } from './0002-lesion-and-features.ts';
import { ASSESSMENTS_AND_LOG } from './0003-assessments-and-log.ts';
import { PATIENTS_AND_LESIONS } from './0004-patients-and-lesions.ts';
import { ASSIGNMENTS } from './0005-assignments.ts';
import { AT_THE_THRESHOLD } from './0006-at-the-threshold.ts';
import { OPERATORS } from './0007-operators.ts';
import { CONTRA_ANSWERS } from './0008-contra-answers.ts';
import { WORKLISTS } from './0009-worklists.ts';
import { LESION_EDITS_AND_PATIENT_DETAILS } from './0010-lesion-edits-and-patient-details.ts';
import { RESCORES } from './0012-rescores.ts';
import { PREVALENCE } from './0013-prevalence.ts';

/**
 * The schema, one step per version (`PRAGMA user_version`). A released step is never changed. The program cannot modify
 * existing rows: triggers forbid it, and the journal's hashes reveal it if somebody bypasses them.
 */
const MIGRATIONS: readonly string[] = [
  SESSIONS_AND_JOURNAL,
  LESION_AND_FEATURES,
  ASSESSMENTS_AND_LOG,
  PATIENTS_AND_LESIONS,
  ASSIGNMENTS,
  AT_THE_THRESHOLD,
  OPERATORS,
  CONTRA_ANSWERS,
  WORKLISTS,
  LESION_EDITS_AND_PATIENT_DETAILS,
  RESCORES,
  PREVALENCE,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** The first schema with assessments and the narrow log. */
export const ASSESSED_SCHEMA = 3;

/** The first schema with patients and lesions. */
export const CONTEXT_SCHEMA = 4;

/** The first schema in which the patient of a session can change. */
export const ASSIGNED_SCHEMA = 5;

/** The first schema with operators. */
export const OPERATOR_SCHEMA = 7;

/** The first schema in which lesions can be edited. */
export const LESION_EDIT_SCHEMA = 10;

/** The first schema with results of later models. */
export const RESCORED_SCHEMA = MIGRATIONS.indexOf(RESCORES) + 1;

/** The part of a connection that a migration needs. */
export interface Migratable {
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple: boolean }): unknown;
}

/** @throws KioskError `store/newer` if a newer version has been used; then nothing is changed */
export function refuseNewer(database: Migratable): void {
  const version = versionOf(database);
  if (version <= SCHEMA_VERSION) return;
  throw new KioskError(
    'store/newer',
    `the database was written by a newer program (schema ${version}, supported is ${SCHEMA_VERSION})`,
  );
}

/** Migrates the schema to this version, each step atomically. */
export function migrate(database: Migratable): void {
  const version = versionOf(database);
  MIGRATIONS.slice(version).forEach((sql, i) => {
    try {
      database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${version + i + 1}; COMMIT;`);
    } catch (error) {
      rollBack(database);
      throw error;
    }
  });
}

export function versionOf(database: Migratable): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** Some errors have already ended the transaction. */
function rollBack(database: Migratable): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There was nothing left to roll back.
  }
}

/** @throws KioskError `store/older` if this version has not been started on the folder yet */
export function refuseOlder(database: Migratable, dir: string): void {
  if (versionOf(database) >= SCHEMA_VERSION) return;
  throw new KioskError('store/older', `the database in ${dir} has an older schema`);
}

/** @throws KioskError `store/damaged`, with the name `file` */
export function checkIntegrity(database: Migratable, file: string): void {
  const finding = String(database.pragma('integrity_check(1)', { simple: true }));
  if (finding !== 'ok') throw damaged(file, finding);
}
