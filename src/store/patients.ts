import { dayOf } from '../lib/local-day.ts';
import type { LesionRecord } from '../protocol/lesion.ts';
import type { SessionOutcome } from '../protocol/outcome.ts';
import type {
  LesionMark,
  PatientLesion,
  PatientPage,
  PatientSession,
  PatientView,
} from '../protocol/patients.ts';
import type { Disposition, Statement } from '../protocol/view.ts';
import { patientDetails } from './context.ts';
import { lesionOf, lesionRecordOf, type LesionRecordStatements, type LesionRow } from './lesions.ts';
import type { DetailColumns } from './columns.ts';
import type { LesionOwner, LesionOwners, PatientQuery, PatientReader } from './port.ts';
import { containing } from './search.ts';

/** Prepared statements of the list of patients. */
export interface PatientStatements extends Pick<
  LesionRecordStatements,
  'lesionOf' | 'lesionEditsOf' | 'operators'
> {
  readonly patientPage: { all(values: object): readonly PatientRow[] };
  readonly referenceOf: { get(patient: string): { readonly reference: string | null } | undefined };
  readonly detailsOf: { get(patient: string): DetailColumns | undefined };
  readonly lesionsOf: { all(patient: string): readonly LesionRow[] };
  readonly lesionOwner: { get(lesion: string): { readonly patient_id: string } | undefined };
  readonly sessionsOf: { all(patient: string): readonly PatientSessionRow[] };
}

export interface PatientRow {
  readonly id: string;
  readonly reference: string;
  readonly lesions: number;
  readonly sessions: number;
  readonly last_wall_ms: number | null;
  readonly formerly: string | null;
}

export interface PatientSessionRow {
  readonly id: string;
  readonly number: number;
  readonly opened_wall_ms: number;
  readonly outcome: SessionOutcome;
  readonly statement: Statement | null;
  readonly disposition: Disposition;
  readonly lesion_id: string | null;
}

type Read = <T>(run: (statements: PatientStatements) => T) => T;

export class SqlitePatients implements PatientReader, LesionOwners {
  readonly #read: Read;

  constructor(read: Read) {
    this.#read = read;
  }

  page({ limit, from = 0, search = '' }: PatientQuery): PatientPage {
    const rows = this.#read(({ patientPage }) =>
      patientPage.all({ search: containing(search), from, count: limit + 1 }),
    );
    const patients = rows.slice(0, limit).map(({ last_wall_ms, formerly, ...row }) => ({
      ...row,
      ...(last_wall_ms === null ? {} : { lastAt: new Date(last_wall_ms).toISOString() }),
      ...(formerly === null ? {} : { formerly }),
    }));
    return { patients, ...(rows.length > limit ? { next: from + limit } : {}) };
  }

  one(id: string): PatientView | undefined {
    return this.#read(({ referenceOf, detailsOf, lesionsOf, sessionsOf }) => {
      const reference = referenceOf.get(id)?.reference;
      if (reference === undefined || reference === null) return undefined;
      const sessions = sessionsOf.all(id);
      const lesions = lesionsOf.all(id).map((row) => ofLesion(row, sessions));
      const details = detailsOf.get(id);
      const known = details === undefined ? {} : patientDetails(details);
      return { id, reference, ...known, lesions, visits: visitsOf(sessions) };
    });
  }

  lesion(id: string): LesionRecord | undefined {
    return this.#read((statements) => {
      const row = statements.lesionOf.get(id);
      return row && lesionRecordOf(statements, row);
    });
  }

  owner(lesion: string): LesionOwner | undefined {
    return this.#read(({ lesionOf: row, lesionOwner, referenceOf }) => {
      const found = row.get(lesion);
      const patient = lesionOwner.get(lesion)?.patient_id;
      if (found === undefined || patient === undefined) return undefined;
      const reference = referenceOf.get(patient)?.reference;
      return reference === undefined || reference === null
        ? undefined
        : { patient, reference, lesion: lesionOf(found) };
    });
  }
}

/** @param sessions of the patient, newest first */
function ofLesion(row: LesionRow, sessions: readonly PatientSessionRow[]): PatientLesion {
  const marked = sessions.flatMap((session) => {
    const mark = session.lesion_id === row.id ? markOf(session) : undefined;
    return mark === undefined ? [] : [{ openedAt: openedAt(session), mark }];
  });
  const [last] = marked;
  return { lesion: lesionOf(row), captures: marked.length, ...(last === undefined ? {} : { last }) };
}

/** A discarded result is no capture of the lesion, or a bad one. */
function markOf({ outcome, statement, disposition }: PatientSessionRow): LesionMark | undefined {
  if (disposition === 'discarded') return undefined;
  if (outcome === 'withheld') return 'no-answer';
  return outcome === 'result' && statement !== null ? statement : undefined;
}

function visitsOf(sessions: readonly PatientSessionRow[]): PatientView['visits'] {
  const days = new Map<string, PatientSession[]>();
  for (const session of sessions) {
    const day = dayOf(session.opened_wall_ms);
    days.set(day, [...(days.get(day) ?? []), sessionOf(session)]);
  }
  return [...days].map(([day, ofDay]) => ({ day, sessions: ofDay }));
}

function sessionOf(row: PatientSessionRow): PatientSession {
  const { id, number, outcome, statement, lesion_id } = row;
  return {
    ...{ id, number, openedAt: openedAt(row), outcome },
    ...(statement === null ? {} : { statement }),
    ...(lesion_id === null ? {} : { lesion: lesion_id }),
  };
}

function openedAt({ opened_wall_ms }: PatientSessionRow): string {
  return new Date(opened_wall_ms).toISOString();
}
