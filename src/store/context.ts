import { randomUUID } from 'node:crypto';
import type { BodySite } from '../protocol/body-sites.ts';
import type { LesionView, NewLesion, SessionContext } from '../protocol/context.ts';
import type { JournalBodies, JournalEvent } from '../protocol/journal.ts';
import type { ContextColumns, LesionColumns, SessionColumns } from './columns.ts';
import type { ContextStore, PatientRecord, SessionSubject } from './port.ts';

/** Prepared statements of the context. */
export interface ContextStatements {
  readonly patientOf: { get(reference: string): { readonly id: string } | undefined };
  readonly insertPatient: { run(id: string, reference: string): unknown };
  readonly lesionsOf: { all(patient: string): readonly LesionRow[] };
  readonly insertLesion: { run(values: object): unknown };
}

export interface LesionRow {
  readonly id: string;
  readonly site: BodySite;
  readonly label: string | null;
  readonly contra_indications: string;
}

/** A transaction of the store, including the journal. */
export type ContextWrite = <T>(
  run: (statements: ContextStatements, journal: (event: JournalEvent) => void) => T,
) => T;

export class SqliteContext implements ContextStore {
  readonly #write: ContextWrite;

  constructor(write: ContextWrite) {
    this.#write = write;
  }

  patient(reference: string): PatientRecord {
    return this.#write(({ patientOf, insertPatient, lesionsOf }, journal) => {
      const known = patientOf.get(reference)?.id;
      const id = known ?? randomUUID();
      if (known === undefined) insertPatient.run(id, reference);
      journal({ kind: 'reference-set', body: { patient: id } });
      return { id, reference, lesions: lesionsOf.all(id).map(lesionOf) };
    });
  }

  addLesion(patient: string, { site, label, contraIndications }: NewLesion): LesionView {
    return this.#write(({ insertLesion }, journal) => {
      const id = randomUUID();
      insertLesion.run({ id, patient, site, label, contraIndications: JSON.stringify(contraIndications) });
      journal({ kind: 'lesion-added', body: { lesion: id, patient, site, contraIndications } });
      return { id, site, label, contraIndications };
    });
  }
}

/** The row of `lesions` that a row of the journal describes. */
export function lesionColumns(body: JournalBodies['lesion-added']): LesionColumns {
  const { lesion: id, patient: patient_id, site } = body;
  return { id, patient_id, site, contra_indications: JSON.stringify(body.contraIndications) };
}

/** The context in the journal row of a session's opening; empty for an anonymous one. */
export function subjectBody({ patient, lesion }: SessionSubject): SessionSubject {
  return { ...(patient === undefined ? {} : { patient }), ...(lesion === undefined ? {} : { lesion }) };
}

export function contextOf(
  row: Pick<SessionColumns, 'patient_id' | 'lesion_id'> & ContextColumns,
): SessionContext | undefined {
  const { patient_id, lesion_id, reference, site, label, contra_indications } = row;
  if (patient_id === null) return undefined;
  return {
    patient: patient_id,
    ...(reference === null ? {} : { reference }),
    ...(lesion_id === null || site === null || contra_indications === null
      ? {}
      : { lesion: lesionOf({ id: lesion_id, site, label, contra_indications }) }),
  };
}

/** An erased label is empty. */
function lesionOf({ id, site, label, contra_indications }: LesionRow): LesionView {
  const contraIndications = JSON.parse(contra_indications) as LesionView['contraIndications'];
  return { id, site, label: label ?? '', contraIndications };
}
