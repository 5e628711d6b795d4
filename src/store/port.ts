import type { ReviewEntry, ClinicianVerdict, HistologyFinding } from '../protocol/assessments.ts';
import type { JournalRow, SessionDetail, SessionPage } from '../protocol/http.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import type { LesionView, NewLesion } from '../protocol/context.ts';
import type { FilterName, LogQuery } from '../protocol/log-query.ts';
import type { Outcome, SessionOutcome } from '../protocol/outcome.ts';
import type { CaptureSource, Disposition } from '../protocol/view.ts';

/** What a finished session leaves behind. Written once; later events are rows of the journal. */
export type SessionRecord = { readonly id: string } & Outcome;

/** A session with all recorded data, except the history of its edits. */
export type WholeSession = Omit<SessionDetail, 'assessments' | 'journal'>;

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

export interface PatientRecord {
  readonly id: string;
  readonly reference: string;
  /** Newest first. */
  readonly lesions: readonly LesionView[];
}

/** Patients and their lesions. Every write is journalled by ids only: the texts are stored where they can be erased. */
export interface ContextStore {
  /** The patient of this reference, created if necessary. */
  patient(reference: string): PatientRecord;
  addLesion(patient: string, lesion: NewLesion): LesionView;
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
  readonly statement: 'above' | 'below' | null;
  readonly clinician: ClinicianVerdict | null;
  readonly histology: HistologyFinding | null;
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
   * A later row, of which the latest applies: the clinician's verdict or the histology, or its withdrawal.
   *
   * @throws KioskError `session/unknown`; `session/not-assessable` if the session has neither a result nor a withheld
   *   one
   */
  addReview(id: string, assessment: ReviewEntry): void;
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
