import type { DetailColumns, ReviewColumns, JournalColumns, ResultColumns } from './columns.ts';
import type { BodySite } from '../protocol/body-sites.ts';
import type { ClosingReason } from '../protocol/context.ts';
import type { EarlierReferenceRow, SubjectRow } from './context.ts';
import type { LesionEditRow, LesionRow } from './lesions.ts';
import type { OperatorStatements } from './operators.ts';
import type { PatientRow, PatientSessionRow } from './patients.ts';
import type { BadgeReader } from './port.ts';
import type { RescoreColumns } from './rescores.ts';
import type { SessionRow } from './rows.ts';
import { SQL } from './sql.ts';
import type { SessionOutcome } from '../protocol/outcome.ts';

/** The part of a prepared statement that the store needs. */
interface Statement<Parameters extends unknown[], Row> {
  run(...parameters: Parameters): { readonly lastInsertRowid: number | bigint };
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
}

/** The part of a connection needed for preparing. */
interface Preparable {
  prepare(sql: string): unknown;
}

export type Statements = ReturnType<typeof prepare>;

/** Every statement kept prepared while a store is open. */
export function prepare(database: Preparable) {
  const kept = <Parameters extends unknown[], Row = unknown>(sql: string): Statement<Parameters, Row> =>
    database.prepare(sql) as Statement<Parameters, Row>;
  return {
    insertBoot: kept<[string, number]>(SQL.insertBoot),
    insertSession: kept<[object]>(SQL.insertSession),
    insertResult: kept<[ResultColumns]>(SQL.insertResult),
    insertJournal: kept<[object]>(SQL.insertJournal),
    lastJournalRow: kept<[], Pick<JournalColumns, 'sequence' | 'hash'>>(SQL.lastJournalRow),
    openSessions: kept<[], { id: string }>(SQL.openSessions),
    insertReview: kept<[ReviewColumns]>(SQL.insertReview),
    insertRescore: kept<[RescoreColumns]>(SQL.insertRescore),
    outcomeOf: kept<[string], { outcome: SessionOutcome }>(SQL.outcomeOf),
    reviewsOf: kept<[string], ReviewColumns>(SQL.reviewsOf),
    one: kept<[string], SessionRow>(SQL.one),
    journalOf: kept<[string], JournalColumns>(SQL.journalOf),
    firstOpened: kept<[number], { opened: number | null }>(SQL.firstOpened),
    patientOf: kept<[string], { id: string }>(SQL.patientOf),
    anyPatient: kept<[]>(SQL.anyPatient),
    insertPatient: kept<[string, string]>(SQL.insertPatient),
    lesionsOf: kept<[string], LesionRow>(SQL.lesionsOf),
    lesionOf: kept<[string], LesionRow>(SQL.lesionOf),
    renameLesion: kept<[string, string]>(SQL.renameLesion),
    moveLesion: kept<[BodySite, string]>(SQL.moveLesion),
    closeLesion: kept<[ClosingReason | null, string]>(SQL.closeLesion),
    insertLesionEdit: kept<[object]>(SQL.insertLesionEdit),
    lesionEditsOf: kept<[string], LesionEditRow>(SQL.lesionEditsOf),
    insertLesion: kept<[object]>(SQL.insertLesion),
    subjectOf: kept<[string], SubjectRow>(SQL.subjectOf),
    lesionOwner: kept<[string], { patient_id: string }>(SQL.lesionOwner),
    detailsOf: kept<[string], DetailColumns>(SQL.detailsOf),
    describePatient: kept<[object]>(SQL.describePatient),
    correctPatient: kept<[string, string]>(SQL.correctPatient),
    insertEarlierReference: kept<[object]>(SQL.insertEarlierReference),
    earlierReferencesOf: kept<[string], EarlierReferenceRow>(SQL.earlierReferencesOf),
    patientPage: kept<[object], PatientRow>(SQL.patientPage),
    referenceOf: kept<[string], { reference: string | null }>(SQL.referenceOf),
    sessionsOf: kept<[string], PatientSessionRow>(SQL.sessionsOf),
    operators: kept<[], ReturnType<OperatorStatements['operators']['all']>[number]>(SQL.operators),
    insertOperator: kept<[object]>(SQL.insertOperator),
    updateOperator: kept<[object]>(SQL.updateOperator),
    countOperatorTry: kept<[number, string]>(SQL.countOperatorTry),
    badgeReader: kept<[], BadgeReader>(SQL.badgeReader),
    insertBadgeReader: kept<[string]>(SQL.insertBadgeReader),
    countBadgeTry: kept<[number]>(SQL.countBadgeTry),
    fillProbe: kept<[]>(SQL.fillProbe),
    emptyProbe: kept<[]>(SQL.emptyProbe),
  };
}
