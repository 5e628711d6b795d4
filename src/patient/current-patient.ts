import { Emitter } from '../lib/emitter.ts';
import { KioskError } from '../lib/errors.ts';
import type { Service } from '../lib/lifecycle.ts';
import { fits, parsePattern, type PatternPart } from '../lib/linear-pattern.ts';
import type { Logger } from '../lib/logger.ts';
import {
  LABEL_MAX,
  openLesions,
  REFERENCE_MAX,
  type Assignment,
  type ContextChange,
  type ContextView,
  type Contraindicated,
  type LesionView,
} from '../protocol/context.ts';
import type { LesionEdit, LesionRecord } from '../protocol/lesion.ts';
import type { PatientChange } from '../protocol/patient-details.ts';
import { isUnderWay, type SessionView } from '../protocol/view.ts';
import type { SessionControl } from '../session/port.ts';
import { journalBestEffort } from '../store/best-effort.ts';
import type { ContextStore, PatientRecord, SessionStore, SessionSubject } from '../store/port.ts';
import { isContraIndicated, withDetails, withLesion, withPhototype, type Subject } from './subject.ts';

export interface CurrentPatientParts {
  readonly store: Pick<SessionStore, 'append'> & { readonly context: ContextStore };
  /** The session, which is created later and requests the patient from here. */
  readonly session: () => Pick<SessionControl, 'session' | 'leave' | 'onChange'>;
  /** Pattern of a reference: see `linear-pattern.ts`. */
  readonly pattern: string;
  readonly contraIndicated: Contraindicated;
  /** Whether the patient applies to one result only, and the next capture is asked about. */
  readonly askNext: boolean;
  readonly log: Logger;
}

/**
 * The patient and lesion of the next session: none until a reference is entered, and again when it is cleared. A result
 * is never on the screen beside another patient or lesion: a change closes it, and is rejected during a session.
 *
 * Whoever is confirmed is confirmed for one result. However that result is left, the patient becomes the last one, and a
 * capture is nobody's until somebody says whose it is: the next patient's must not be stored under the last one's name
 * because nobody answered.
 */
export class CurrentPatient implements Service {
  readonly name = 'patient';
  readonly #parts: CurrentPatientParts;
  readonly #pattern: readonly PatternPart[];
  readonly #changes = new Emitter<undefined>();
  #now: Subject | undefined;
  #last: Subject | undefined;
  #askNext: boolean;
  /** The session whose result is on the screen, or is about to be. */
  #shown: string | undefined;
  /** A result is left for the same patient: by retaking it, or by a change of the patient made here. */
  #keeping = false;
  #unsubscribe: () => void = () => undefined;

  constructor(parts: CurrentPatientParts) {
    this.#parts = parts;
    this.#pattern = parsePattern(parts.pattern);
    this.#askNext = parts.askNext;
  }

  start(): Promise<void> {
    this.#unsubscribe = this.#parts.session().onChange((session) => {
      this.#follow(session);
    });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#unsubscribe();
    return Promise.resolve();
  }

  /** @param ask see `askNext` */
  setAskNext(ask: boolean): void {
    this.#askNext = ask;
    if (!ask && this.#last !== undefined) {
      this.#last = undefined;
      this.#changes.emit(undefined);
    }
  }

  /**
   * @throws KioskError `session/busy`, `reference/invalid`, `reference/none`, `reference/unknown`, `reference/taken`,
   *   `lesion/unknown`, `lesion/closed`, or as the store
   */
  change(change: ContextChange): void {
    switch (change.type) {
      case 'reference':
        this.#setReference(change.reference);
        break;
      case 'scan':
        this.#scan(change.reference);
        break;
      case 'same':
        this.#continue();
        break;
      case 'clear':
        this.clear('by-hand');
        break;
      case 'correct':
        this.#rename(change.reference, (id) => this.#parts.store.context.correct(id, this.#valid(change.to)));
        break;
      case 'merge':
        this.#rename(change.reference, (id) => this.#parts.store.context.merge(id, change.into.trim()));
        break;
      case 'new-lesion':
        this.#addLesion(change);
        break;
      case 'draft':
        this.#keepDraft(change);
        break;
      case 'lesion':
        this.#choose(change.id);
    }
  }

  /** Clears the patient, and the last one; no effect if there is none. */
  clear(reason: 'by-hand' | 'idle'): void {
    if (this.#now === undefined && this.#last === undefined) return;
    this.#leaveSession();
    const patient = this.#now?.patient.id;
    // First of all: a failing disk must not keep a patient on the screen.
    this.#set(undefined);
    // The last one has been cleared before.
    if (patient !== undefined)
      this.#parts.store.append({ kind: 'reference-cleared', body: { patient, reason } });
  }

  current(): ContextView | undefined {
    return this.#now && this.#viewOf(this.#now);
  }

  /** The patient of the last result, as long as nobody has said whose the next capture is. */
  last(): ContextView | undefined {
    return this.#last && this.#viewOf(this.#last);
  }

  /**
   * The patient and lesion of a session that is opened now. @throws KioskError `lesion/contra-indicated` if the session
   * is not allowed
   */
  subject(): SessionSubject {
    // A press over a result: nobody has said that it is of the same patient.
    // Silent: until the session that asks is in the View, the result is still there, and it is theirs.
    if (this.#shown !== undefined) this.#release('result', { silent: true });
    const { patient, lesion } = this.#now ?? {};
    if (this.#parts.contraIndicated === 'refuse' && this.#now !== undefined && isContraIndicated(this.#now))
      throw new KioskError('lesion/contra-indicated', 'the lesion or the patient is contraindicated');
    return {
      ...(patient === undefined ? {} : { patient: patient.id }),
      ...(lesion === undefined ? {} : { lesion: lesion.id }),
    };
  }

  /**
   * Runs a press that captures the patient and lesion of the result on the screen again. @throws KioskError
   * `request/invalid` without a result
   */
  retake<T>(press: () => T): T {
    if (this.#parts.session().session().state !== 'showing')
      throw new KioskError('request/invalid', 'there is no result to retake');
    return this.#keepingPatient(press);
  }

  /**
   * Gives a session to a patient and lesion, or to nobody. With its result on the screen, they are then the current ones.
   *
   * @param operator who does it
   * @returns the lesions of the patient
   * @throws KioskError `session/unknown`, `lesion/unknown`, `reference/invalid`, or as the store
   */
  assign(session: string, { reference, lesion }: Assignment, operator?: string): readonly LesionView[] {
    const { context } = this.#parts.store;
    const text = reference === null ? undefined : this.#valid(reference);
    const patient = text === undefined ? undefined : (context.find(text) ?? context.patient(text));
    const chosen = patient?.lesions.find(({ id }) => id === lesion);
    if (typeof lesion === 'string' && chosen === undefined)
      throw new KioskError('lesion/unknown', 'the reference has no such lesion');
    const subject = {
      ...(patient === undefined ? {} : { patient: patient.id }),
      ...(chosen === undefined ? {} : { lesion: chosen.id }),
    };
    context.assign(session, subject, operator);
    if (session === this.#shown) this.#set(patient && { patient, lesion: chosen });
    else this.#changes.emit(undefined);
    return patient?.lesions ?? [];
  }

  /**
   * Renames, moves, closes or reopens a lesion of anybody. One that is closed is no longer selected, as by a change of
   * the lesion.
   *
   * @param operator who does it
   * @throws KioskError `session/busy`, `request/invalid`, or as the store
   */
  editLesion(id: string, { label, ...rest }: LesionEdit, operator?: string): LesionRecord {
    const short = label?.trim();
    if (short !== undefined && (short === '' || short.length > LABEL_MAX))
      throw new KioskError('request/invalid', 'a lesion without a label');
    const edit = { ...rest, ...(short === undefined ? {} : { label: short }) };
    if (typeof edit.closed === 'string' && this.#now?.lesion?.id === id) this.#leaveSession();
    const record = this.#parts.store.context.editLesion(id, edit, operator);
    this.#now = this.#now && withLesion(this.#now, record.lesion);
    this.#last = this.#last && withLesion(this.#last, record.lesion);
    this.#changes.emit(undefined);
    return record;
  }

  /**
   * Records the phototype and the year of birth of anybody.
   *
   * @param operator who does it
   * @throws KioskError as the store
   */
  describe(id: string, change: PatientChange, operator?: string): void {
    const details = this.#parts.store.context.describe(id, change, operator);
    const described = (subject: Subject | undefined): Subject | undefined =>
      subject?.patient.id === id ? withDetails(subject, details) : subject;
    this.#now = described(this.#now);
    this.#last = described(this.#last);
    this.#changes.emit(undefined);
  }

  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  #follow(session: SessionView): void {
    // With its questions open, a capture is as good as its result: whoever presses again may mean somebody else.
    const isShown = ['showing', 'asking', 'opinion'].includes(session.state);
    const shown = isShown && 'id' in session ? session.id : undefined;
    const left = this.#shown !== undefined && this.#shown !== shown;
    this.#shown = shown;
    if (left) this.#release('result');
  }

  /** The confirmation ends: the patient becomes the last one. */
  #release(reason: 'result' | 'scan', { silent = false } = {}): void {
    if (this.#keeping || !this.#askNext || this.#now === undefined) return;
    const { id } = this.#now.patient;
    this.#last = this.#now;
    this.#now = undefined;
    if (!silent) this.#changes.emit(undefined);
    const { store, log } = this.#parts;
    journalBestEffort(store, log, { kind: 'reference-cleared', body: { patient: id, reason } });
  }

  #setReference(text: string): void {
    const reference = this.#valid(text);
    this.#leaveSession();
    this.#set(this.#withDraft({ patient: this.#parts.store.context.patient(reference) }));
  }

  #scan(text: string): void {
    this.#leaveSession();
    const { context } = this.#parts.store;
    const known = context.find(text.trim()) !== undefined;
    // Whoever scans something else no longer means this patient.
    if (!known) this.#release('scan');
    const reference = this.#valid(text);
    if (!known) throw new KioskError('reference/unknown', 'nobody has this reference yet');
    const patient = context.patient(reference);
    const [only, ...others] = openLesions(patient.lesions);
    this.#set(this.#withDraft({ patient, lesion: others.length === 0 ? only : undefined }));
  }

  /** Of which lesion must be said anew: the last one is finished. */
  #continue(): void {
    if (this.#last === undefined) throw new KioskError('reference/none', 'there is no last patient');
    const { patient, draft } = this.#last;
    this.#leaveSession();
    this.#parts.store.append({ kind: 'reference-set', body: { patient: patient.id } });
    this.#set({ patient, draft });
  }

  #rename(reference: string, rename: (id: string) => PatientRecord): void {
    const { patient, lesion, draft } = this.#required();
    if (patient.reference !== reference)
      throw new KioskError('request/invalid', 'another patient is selected');
    this.#leaveSession();
    const renamed = rename(patient.id);
    this.#set({ patient: renamed, lesion: renamed.lesions.find(({ id }) => id === lesion?.id), draft });
  }

  #addLesion({ reference, site, label, contraIndications }: ContextChange & { type: 'new-lesion' }): void {
    const { patient } = this.#required();
    const short = label.trim();
    if (patient.reference !== reference || short === '' || short.length > LABEL_MAX)
      throw new KioskError('request/invalid', 'a lesion of another reference, or without a label');
    this.#leaveSession();
    const lesion = this.#parts.store.context.addLesion(patient.id, {
      ...{
        site,
        label: short,
        contraIndications: contraIndications && withPhototype(contraIndications, patient),
      },
    });
    this.#set({ patient: { ...patient, lesions: [lesion, ...patient.lesions] }, lesion });
  }

  /** Not a change of the patient: a result stays. Kept with the patient, it is never seen with another one. */
  #keepDraft({ reference, draft }: ContextChange & { type: 'draft' }): void {
    const now = this.#required();
    if (now.patient.reference !== reference || (draft !== null && draft.label.length > LABEL_MAX))
      throw new KioskError('request/invalid', 'a lesion of another reference, or a label that is too long');
    this.#now = { ...now, draft: draft ?? undefined };
    this.#changes.emit(undefined);
  }

  /** The subject with what was entered for the same patient before. */
  #withDraft(next: Subject): Subject {
    const before = this.#now ?? this.#last;
    return before?.patient.id === next.patient.id ? { ...next, draft: before.draft } : next;
  }

  #choose(id: string | null): void {
    const { patient } = this.#required();
    const lesion = patient.lesions.find((candidate) => candidate.id === id);
    if (id !== null && lesion === undefined)
      throw new KioskError('lesion/unknown', 'the reference has no such lesion');
    if (lesion?.closed !== undefined) throw new KioskError('lesion/closed', 'the lesion is closed');
    this.#leaveSession();
    this.#parts.store.append({ kind: 'lesion-chosen', body: { patient: patient.id, lesion: id } });
    this.#set({ patient, lesion });
  }

  /** @throws KioskError `reference/invalid` */
  #valid(text: string): string {
    const reference = text.trim();
    if (reference.length > REFERENCE_MAX || !fits(this.#pattern, reference))
      throw new KioskError('reference/invalid', 'the reference does not match the pattern');
    return reference;
  }

  #required(): Subject {
    if (this.#now === undefined) throw new KioskError('reference/none', 'no patient is selected');
    return this.#now;
  }

  #leaveSession(): void {
    const session = this.#parts.session();
    if (isUnderWay(session.session())) throw new KioskError('session/busy', 'a session is in progress');
    this.#keepingPatient(() => {
      session.leave();
    });
  }

  #keepingPatient<T>(run: () => T): T {
    this.#keeping = true;
    try {
      return run();
    } finally {
      this.#keeping = false;
    }
  }

  #set(now: Subject | undefined): void {
    this.#now = now;
    this.#last = undefined;
    this.#changes.emit(undefined);
  }

  #viewOf(subject: Subject): ContextView {
    const { patient, lesion, draft } = subject;
    const { reference, phototype, lesions } = patient;
    const { contraIndicated } = this.#parts;
    return {
      ...{ reference, lesions },
      ...(phototype === undefined ? {} : { phototype }),
      ...(lesion === undefined ? {} : { lesion }),
      ...(draft === undefined ? {} : { draft }),
      ...(isContraIndicated(subject) ? { contraIndicated } : {}),
    };
  }
}
