import type { SaltedHash } from '../lib/secret-hash.ts';
import type {
  ReviewEntry,
  ClinicianVerdict,
  HistologyFinding,
  Opinion,
  OpinionBefore,
} from '../protocol/assessments.ts';
import type { JournalRow, SessionDetail, SessionPage } from '../protocol/http.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import type { LesionView, NewLesion } from '../protocol/context.ts';
import type { LesionEdit, LesionRecord } from '../protocol/lesion.ts';
import type { FilterName, LogQuery } from '../protocol/log-query.ts';
import type { PatientChange, PatientDetails } from '../protocol/patient-details.ts';
import type { PatientPage, PatientView } from '../protocol/patients.ts';
import type { Outcome, SessionOutcome } from '../protocol/outcome.ts';
import type { Rescore } from '../protocol/rescore.ts';
import type { CaptureSource, Disposition, Statement } from '../protocol/view.ts';

/** What a finished session leaves behind. Written once; later events are rows of the journal. */
export type SessionRecord = { readonly id: string } & Outcome;

/** A session with all recorded data, except the history of its edits. */
export type WholeSession = Omit<SessionDetail, 'assessments' | 'journal' | 'operators'>;

/** A filter of the log; all given parts must match. */
export type LogFilter = Pick<LogQuery, FilterName> & {
  /** Milliseconds since 1970: the session was opened at or after this … */
  readonly openedFrom?: number;
  /** … and before this. */
  readonly openedBefore?: number;
  /** Only of this patient, and only of this lesion (its id). */
  readonly reference?: string;
  readonly lesion?: string;
  /** Any part that matches is enough. */
  readonly search?: LogSearch;
  /** For the worklist `due`: when the last capture of a lesion must have been made before. Without it, none is due. */
  readonly dueBefore?: number;
};

/** What a searched text may mean. */
export interface LogSearch {
  /** Part of a reference, in upper or lower case. */
  readonly text: string;
  readonly number?: number;
  /** Milliseconds since 1970: opened at or after the first and before the second. */
  readonly opened?: readonly [from: number, before: number];
}

/** Patient and lesion of a session, by id. */
export interface SessionSubject {
  readonly patient?: string;
  /** A lesion of the same patient. */
  readonly lesion?: string;
}

export interface PatientRecord extends PatientDetails {
  readonly id: string;
  readonly reference: string;
  /** Newest first. */
  readonly lesions: readonly LesionView[];
  /** Newest first. */
  readonly earlier: readonly EarlierReference[];
}

/** A reference that a patient had before. */
export interface EarlierReference {
  readonly reference: string;
  /** Milliseconds since 1970: when it was corrected, or its patient merged. */
  readonly until: number;
  readonly because: 'corrected' | 'merged';
}

/** Patients and their lesions. Every write is journalled by ids only: the texts are stored where they can be erased. */
export interface ContextStore {
  /** Selects the patient of this reference, created if necessary. */
  patient(reference: string): PatientRecord;
  /** The patient of this reference, if there is one. */
  find(reference: string): PatientRecord | undefined;
  /** Whether there is any patient. */
  any(): boolean;
  /**
   * Records the phototype and the year of birth, or that they are unknown.
   *
   * @param operator who does it
   * @throws KioskError `reference/unknown`
   */
  describe(patient: string, change: PatientChange, operator?: string): PatientDetails;
  addLesion(patient: string, lesion: NewLesion): LesionView;
  /**
   * Renames, moves, closes or reopens a lesion.
   *
   * @param operator who does it
   * @throws KioskError `lesion/unknown`; `lesion/closed` if it must be reopened first
   */
  editLesion(id: string, edit: LesionEdit, operator?: string): LesionRecord;
  /**
   * Gives a closed session to a patient and one of their lesions, or to nobody.
   *
   * @param operator who does it
   * @throws KioskError `session/unknown`; `lesion/unknown` if the patient has no such lesion
   */
  assign(session: string, subject: SessionSubject, operator?: string): void;
  /** Corrects a mistyped reference. @throws KioskError `reference/taken` if another patient has the new one */
  correct(patient: string, reference: string): PatientRecord;
  /**
   * Moves the lesions and sessions of a patient to the one of another reference; the reference they had is free again.
   *
   * @returns the patient who has everything now
   * @throws KioskError `reference/unknown` if nobody has the other reference
   */
  merge(patient: string, into: string): PatientRecord;
}

export interface PatientQuery {
  /** 1–200. */
  readonly limit: number;
  /** The `next` of the previous page. */
  readonly from?: number;
  /** A part of the reference or of an earlier one, whatever its case. */
  readonly search?: string;
}

/** The patients, for reading. */
export interface PatientReader {
  /** Those with the latest sessions first; patients whose reference was erased are omitted. */
  page(query: PatientQuery): PatientPage;
  /** With at most the last 1,000 sessions; nothing for one without a reference. */
  one(id: string): PatientView | undefined;
  /** A lesion and its edits. */
  lesion(id: string): LesionRecord | undefined;
}

/** Whose a lesion is. */
export interface LesionOwner {
  /** Id of the patient. */
  readonly patient: string;
  readonly reference: string;
  readonly lesion: LesionView;
}

export interface LesionOwners {
  /** Nothing for an unknown lesion, or one whose patient's reference was erased. */
  owner(lesion: string): LesionOwner | undefined;
}

export interface OperatorValues {
  /** Unique, whatever its case. */
  readonly name: string;
  readonly active: boolean;
  /** Whether their unlock opens the settings. */
  readonly settings: boolean;
  /** Hash of the badge's code, with the salt of the badge reader; base64. */
  readonly badge?: string;
  readonly pin?: SaltedHash;
}

export interface OperatorRecord extends OperatorValues {
  readonly id: string;
  /** Consecutive wrong PINs, including the current attempt. */
  readonly failures: number;
}

/** What all badges have in common. */
export interface BadgeReader {
  /** Base64. */
  readonly salt: string;
  /** Consecutive unknown badges, including the current attempt. */
  readonly failures: number;
}

/** The operators. Changes are journalled, by id and without names, badges and PINs. */
export interface OperatorStore {
  /** By name. */
  all(): readonly OperatorRecord[];
  /** @throws KioskError `operator/taken` */
  add(values: OperatorValues, by: string): OperatorRecord;
  /** @throws KioskError `operator/unknown`, `operator/taken` */
  change(id: string, change: (now: OperatorRecord) => OperatorValues, by: string): OperatorRecord;
  countTry(id: string, failures: number): void;
  badgeReader(): BadgeReader;
  countBadgeTry(failures: number): void;
}

export interface LogPage {
  /** 1–200. */
  readonly limit: number;
  /** The `next` of the previous page. */
  readonly before?: number;
  readonly filter?: LogFilter;
}

/** A number of sessions that are equal for statistics. */
export interface LogCount {
  readonly outcome: SessionOutcome;
  readonly statement: Statement | null;
  readonly clinician: ClinicianVerdict | null;
  readonly opinion: Opinion | null;
  readonly histology: HistologyFinding | null;
  /** Given before the result; `none` if it was asked for and not given. */
  readonly opinionBefore: NonNullable<OpinionBefore['opinion']> | 'none' | null;
  readonly sessions: number;
}

/**
 * Sessions opened at or after one time and before another, milliseconds since 1970; these replace the times of the
 * filter.
 */
export type Counter = (openedFrom: number, openedBefore: number) => readonly LogCount[];

/**
 * Persistent storage of the kiosk. Every method that writes returns only after the rows are on disk. All throw
 * KioskError `store/full`, `store/read-only` or `store/failed`.
 */
export interface SessionStore {
  /** Records the start of a session; one that is opened and never closed is recorded as aborted at the next start. */
  openSession(session: { readonly id: string; readonly source: CaptureSource } & SessionSubject): {
    readonly number: number;
  };
  closeSession(record: SessionRecord): void;
  /** A later row: the first disposition, `unreviewed`, is part of closing. */
  addDisposition(id: string, disposition: Exclude<Disposition, 'unreviewed'>): void;
  /**
   * A later row, of which the latest applies: the clinician's verdict or the histology, or its withdrawal, and who
   * recorded it.
   *
   * @throws KioskError `session/unknown`; `session/not-assessable` if the session has neither a result nor a withheld
   *   one
   */
  addReview(id: string, assessment: ReviewEntry, operator?: string): void;
  /** Any other event to record: an ignored press, a changed setting, a disconnected button. */
  append(event: JournalEvent, sessionId?: string): void;
  /** Newest first. Pages do not shift when sessions are added; a session that no longer matches the filter is omitted from later pages. */
  list(page: LogPage): SessionPage;
  /** The same page with all recorded data of each session. */
  rows(page: LogPage): WholePage;
  get(id: string): SessionDetail | undefined;
  /** Prepares counting the closed sessions that match a filter, by kind, for one time range after another. */
  counter(filter: LogFilter): Counter;
  /** When the first closed session at or after a time was opened; both in milliseconds since 1970. */
  firstOpened(from: number): number | undefined;
  /** Verifies the whole hash chain. */
  verify(): JournalVerification;
  /** Throws if a row cannot be written now. */
  probe(): void;
}

/** Results of later models for stored images. */
export interface RescoreStore {
  /**
   * A later row, of which the latest applies; the session's own result is not changed.
   *
   * @throws KioskError `session/unknown`, `session/not-assessable`
   */
  add(session: string, rescore: Rescore, operator?: string): void;
}

/** Read-only access to the log. */
export interface LogReader extends Pick<SessionStore, 'rows'> {
  close(): void;
}

export interface WholePage {
  readonly sessions: readonly WholeSession[];
  /** As in a `SessionPage`. */
  readonly next?: number;
}

export type JournalVerification =
  | { readonly intact: true; readonly rows: number; readonly head: string }
  | {
      readonly intact: false;
      readonly rows: number;
      readonly firstBad: Pick<JournalRow, 'sequence'>;
      readonly problem: string;
    };
