import { randomUUID } from 'node:crypto';
import { KioskError } from '../lib/errors.ts';
import type { LesionView, NewLesion, SessionContext } from '../protocol/context.ts';
import type { JournalBodies } from '../protocol/journal.ts';
import type { LesionEdit, LesionRecord } from '../protocol/lesion.ts';
import type { PatientChange, PatientDetails } from '../protocol/patient-details.ts';
import type { ContextColumns, DetailColumns, LesionColumns, SessionColumns } from './columns.ts';
import {
  editLesion,
  lesionOf,
  lesionRecordOf,
  type LesionRecordStatements,
  type LesionRow,
  type WriteJournal,
} from './lesions.ts';
import type { ContextStore, EarlierReference, PatientRecord, SessionSubject } from './port.ts';

/** Prepared statements of the context. */
export interface ContextStatements extends LesionRecordStatements {
  readonly patientOf: { get(reference: string): { readonly id: string } | undefined };
  readonly anyPatient: { get(): unknown };
  readonly insertPatient: { run(id: string, reference: string): unknown };
  readonly lesionsOf: { all(patient: string): readonly LesionRow[] };
  readonly insertLesion: { run(values: object): unknown };
  readonly subjectOf: { get(session: string): SubjectRow | undefined };
  readonly lesionOwner: { get(lesion: string): { readonly patient_id: string } | undefined };
  readonly correctPatient: { run(reference: string, id: string): unknown };
  readonly detailsOf: { get(patient: string): DetailColumns | undefined };
  readonly describePatient: { run(values: object): unknown };
  readonly insertEarlierReference: { run(values: object): unknown };
  readonly earlierReferencesOf: { all(patient: string): readonly EarlierReferenceRow[] };
}

/** Whose a closed session is. */
export type SubjectRow = Pick<SessionColumns, 'patient_id' | 'lesion_id'>;

export interface EarlierReferenceRow {
  readonly reference: string;
  readonly merged_patient_id: string | null;
  readonly wall_ms: number;
}

/** A transaction of the store, including the journal. */
export type ContextWrite = <T>(run: (statements: ContextStatements, journal: WriteJournal) => T) => T;

/** A query of the store, outside a transaction. */
export type ContextRead = <T>(run: (statements: ContextStatements) => T) => T;

export class SqliteContext implements ContextStore {
  readonly #write: ContextWrite;
  readonly #read: ContextRead;

  constructor(write: ContextWrite, read: ContextRead) {
    this.#write = write;
    this.#read = read;
  }

  patient(reference: string): PatientRecord {
    return this.#write((statements, journal) => {
      const { patientOf, insertPatient } = statements;
      const known = patientOf.get(reference)?.id;
      const id = known ?? randomUUID();
      if (known === undefined) insertPatient.run(id, reference);
      journal({ kind: 'reference-set', body: { patient: id } });
      return recordOf(statements, id, reference);
    });
  }

  find(reference: string): PatientRecord | undefined {
    return this.#read((statements) => {
      const id = statements.patientOf.get(reference)?.id;
      return id === undefined ? undefined : recordOf(statements, id, reference);
    });
  }

  any(): boolean {
    return this.#read(({ anyPatient }) => anyPatient.get() !== undefined);
  }

  addLesion(patient: string, { site, label, contraIndications }: NewLesion): LesionView {
    return this.#write(({ insertLesion }, journal) => {
      const id = randomUUID();
      insertLesion.run({ id, patient, site, label, contraIndications: JSON.stringify(contraIndications) });
      journal({ kind: 'lesion-added', body: { lesion: id, patient, site, contraIndications } });
      return { id, site, label, contraIndications };
    });
  }

  editLesion(id: string, edit: LesionEdit, operator?: string): LesionRecord {
    return this.#write((statements, journal) => {
      const row = statements.lesionOf.get(id);
      if (row === undefined) throw new KioskError('lesion/unknown', 'there is no such lesion');
      editLesion(statements, journal, { row, edit, operator });
      return lesionRecordOf(statements, statements.lesionOf.get(id) ?? row);
    });
  }

  describe(patient: string, change: PatientChange, operator?: string): PatientDetails {
    return this.#write(({ detailsOf, describePatient }, journal) => {
      const row = detailsOf.get(patient);
      if (row === undefined) throw new KioskError('reference/unknown', 'there is no such patient');
      const { phototype = row.phototype, birthYear = row.birth_year } = change;
      describePatient.run({ id: patient, phototype, birthYear });
      const changed = {
        ...(phototype === row.phototype ? {} : { phototype: true as const }),
        ...(birthYear === row.birth_year ? {} : { birthYear: true as const }),
      };
      const author = operator === undefined ? {} : { operator };
      if (Object.keys(changed).length > 0)
        journal({ kind: 'patient-described', body: { patient, ...changed, ...author } });
      return patientDetails({ phototype, birth_year: birthYear });
    });
  }

  assign(session: string, subject: SessionSubject, operator?: string): void {
    this.#write(({ subjectOf, lesionOwner }, journal) => {
      const row = subjectOf.get(session);
      if (row === undefined) throw new KioskError('session/unknown', 'there is no such session');
      const { lesion } = subject;
      if (lesion !== undefined && lesionOwner.get(lesion)?.patient_id !== subject.patient)
        throw new KioskError('lesion/unknown', 'the patient has no such lesion');
      const before = { patient: row.patient_id ?? undefined, lesion: row.lesion_id ?? undefined };
      const author = operator === undefined ? {} : { operator };
      const body = { ...subjectBody(subject), before: subjectBody(before), ...author };
      journal({ kind: 'session-assigned', body }, session);
    });
  }

  correct(patient: string, reference: string): PatientRecord {
    return this.#write((statements, journal) => {
      if (statements.patientOf.get(reference) !== undefined)
        throw new KioskError('reference/taken', 'another patient has this reference');
      const sequence = journal({ kind: 'reference-corrected', body: { patient } });
      keepReference(statements, { sequence, patient });
      statements.correctPatient.run(reference, patient);
      return recordOf(statements, patient, reference);
    });
  }

  merge(merged: string, into: string): PatientRecord {
    return this.#write((statements, journal) => {
      const patient = statements.patientOf.get(into)?.id;
      if (patient === undefined || patient === merged)
        throw new KioskError('reference/unknown', 'no other patient has this reference');
      const sequence = journal({ kind: 'patients-merged', body: { patient, merged } });
      keepReference(statements, { sequence, patient, merged });
      return recordOf(statements, patient, into);
    });
  }
}

/** The triggers of this table move what belongs to a merged patient. */
function keepReference(
  { insertEarlierReference }: ContextStatements,
  {
    sequence,
    patient,
    merged,
  }: { readonly sequence: number; readonly patient: string; readonly merged?: string },
): void {
  insertEarlierReference.run({ sequence, patient, merged: merged ?? null, had: merged ?? patient });
}

function recordOf(
  { detailsOf, lesionsOf, earlierReferencesOf }: ContextStatements,
  id: string,
  reference: string,
): PatientRecord {
  const earlier = earlierReferencesOf.all(id).map((row): EarlierReference => ({
    reference: row.reference,
    until: row.wall_ms,
    because: row.merged_patient_id === null ? 'corrected' : 'merged',
  }));
  const details = detailsOf.get(id);
  return {
    ...(details === undefined ? {} : patientDetails(details)),
    ...{ id, reference, lesions: lesionsOf.all(id).map(lesionOf), earlier },
  };
}

export function patientDetails({ phototype, birth_year }: DetailColumns): PatientDetails {
  return {
    ...(phototype === null ? {} : { phototype }),
    ...(birth_year === null ? {} : { birthYear: birth_year }),
  };
}

/** The row of `lesions` that a row of the journal describes. */
export function lesionColumns(body: JournalBodies['lesion-added']): LesionColumns {
  const { lesion: id, patient: patient_id, site } = body;
  return { id, patient_id, site, contra_indications: JSON.stringify(body.contraIndications), closed: null };
}

/** Whose a session is, in a journal row; empty for an anonymous one. */
export function subjectBody({
  patient,
  lesion,
}: {
  readonly [Name in keyof SessionSubject]?: string | undefined;
}): SessionSubject {
  return { ...(patient === undefined ? {} : { patient }), ...(lesion === undefined ? {} : { lesion }) };
}

export function contextOf(
  row: Pick<SessionColumns, 'patient_id' | 'lesion_id'> & ContextColumns,
): SessionContext | undefined {
  const { patient_id, lesion_id, reference, site, label, contra_indications, closed } = row;
  if (patient_id === null) return undefined;
  return {
    patient: patient_id,
    ...patientDetails(row),
    ...(reference === null ? {} : { reference }),
    ...(lesion_id === null || site === null || contra_indications === null
      ? {}
      : { lesion: lesionOf({ id: lesion_id, site, label, contra_indications, closed }) }),
  };
}
