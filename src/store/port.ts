import type { ReviewEntry, ClinicianVerdict, HistologyFinding } from '../protocol/assessments.ts';
import type { JournalRow, SessionDetail, SessionOutcome, SessionPage } from '../protocol/http.ts';
import type { JournalEvent } from '../protocol/journal.ts';
import type { LesionView, NewLesion } from '../protocol/context.ts';
import type { FilterName, LogQuery } from '../protocol/log-query.ts';
import type { Outcome } from '../protocol/outcome.ts';
import type { CaptureSource, Disposition } from '../protocol/view.ts';

/** What a finished session leaves behind. Written once; later events are rows of the journal. */
export type SessionRecord = { readonly id: string } & Outcome;

/** A session with everything that was recorded of it, its edits' history apart. */
export type WholeSession = Omit<SessionDetail, 'assessments' | 'journal'>;

/** What of the log is asked for; all that is given must hold. */
export type LogFilter = Pick<LogQuery, FilterName> & {
  /** Milliseconds since 1970: the session was opened at or after this … */
  readonly openedFrom?: number;
  /** … and before this. */
  readonly openedBefore?: number;
  /** Of this patient alone, and of this lesion alone (its id). */
  readonly reference?: string;
  readonly lesion?: string;
};

/** Whom and what a session is about, by their ids. */
export interface SessionSubject {
  readonly patient?: string;
  /** A lesion of that very patient. */
  readonly lesion?: string;
}

export interface PatientRecord {
  readonly id: string;
  readonly reference: string;
  /** The newest first. */
  readonly lesions: readonly LesionView[];
}

/** Patients and their lesions. Every write is journalled, by ids: the texts stand where they can be erased. */
export interface ContextStore {
  /** The patient of this reference, who is made known if need be. */
  patient(reference: string): PatientRecord;
  addLesion(patient: string, lesion: NewLesion): LesionView;
}

export interface LogPage {
  /** 1–200. */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly before?: number;
  readonly filter?: LogFilter;
}

/** So many sessions are alike in what statistics are made of. */
export interface LogCount {
  readonly outcome: SessionOutcome;
  readonly statement: 'above' | 'below' | null;
  readonly clinician: ClinicianVerdict | null;
  readonly histology: HistologyFinding | null;
  readonly sessions: number;
}

/** Those opened from one moment on and before another, milliseconds since 1970; these stand in for the times of the filter. */
export type Counter = (openedFrom: number, openedBefore: number) => readonly LogCount[];

/**
 * The memory of the kiosk. Every method that writes returns only after the rows are on the disk.
 * All throw KioskError `store/full`, `store/read-only` or `store/failed`.
 */
export interface SessionStore {
  /** Writes that a session began; what is opened and never closed is recorded as aborted at the next start. */
  openSession(session: { readonly id: string; readonly source: CaptureSource } & SessionSubject): {
    readonly number: number;
  };
  closeSession(record: SessionRecord): void;
  /** A later row: the first disposition, `unreviewed`, is part of closing. */
  addDisposition(id: string, disposition: Exclude<Disposition, 'unreviewed'>): void;
  /**
   * A later row, and the latest counts: the clinician's verdict or the histology, or that it is withdrawn.
   *
   * @throws KioskError `session/unknown`; `session/not-assessable` where the session has neither a result nor one that was withheld
   */
  addReview(id: string, assessment: ReviewEntry): void;
  /** Anything else worth remembering: an ignored press, a changed setting, a button that is gone. */
  append(event: JournalEvent, sessionId?: string): void;
  /** Newest first. Pages do not shift when sessions are added; a session that no longer fits the filter is left out of what follows. */
  list(page: LogPage): SessionPage;
  /** The same page with all that was recorded of each session. */
  rows(page: LogPage): WholePage;
  get(id: string): SessionDetail | undefined;
  /** Ready to count the closed sessions that a filter finds, by kind, of one stretch of time after another. */
  counter(filter: LogFilter): Counter;
  /** When the first of the closed sessions from a moment on was opened; both in milliseconds since 1970. */
  firstOpened(from: number): number | undefined;
  /** Walks the whole hash chain. */
  verify(): JournalVerification;
  /** Throws if a row could not be written now. */
  probe(): void;
}

/** A log that is only read. */
export interface LogReader extends Pick<SessionStore, 'rows'> {
  close(): void;
}

export interface WholePage {
  readonly sessions: readonly WholeSession[];
  /** As of a `SessionPage`. */
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
