import { Emitter } from '../lib/emitter.ts';
import { KioskError } from '../lib/errors.ts';
import { fits, parsePattern, type PatternPart } from '../lib/linear-pattern.ts';
import {
  LABEL_MAX,
  REFERENCE_MAX,
  type ContextChange,
  type ContextView,
  type Contraindicated,
  type LesionView,
} from '../protocol/context.ts';
import { isUnderWay } from '../protocol/view.ts';
import type { SessionControl } from '../session/port.ts';
import type { ContextStore, PatientRecord, SessionStore, SessionSubject } from '../store/port.ts';

export interface CurrentPatientParts {
  readonly store: Pick<SessionStore, 'append'> & { readonly context: ContextStore };
  /** The session, which is created later and requests the patient from here. */
  readonly session: () => Pick<SessionControl, 'session' | 'leave'>;
  /** Pattern of a reference: see `linear-pattern.ts`. */
  readonly pattern: string;
  readonly contraIndicated: Contraindicated;
}

/**
 * The patient and lesion of the next session: none until a reference is entered, and again when it is cleared. A result
 * is never on the screen beside another patient or lesion: a change closes it, and is rejected during a session.
 */
export class CurrentPatient {
  readonly #parts: CurrentPatientParts;
  readonly #pattern: readonly PatternPart[];
  readonly #changes = new Emitter<undefined>();
  #patient: PatientRecord | undefined;
  #lesion: LesionView | undefined;

  constructor(parts: CurrentPatientParts) {
    this.#parts = parts;
    this.#pattern = parsePattern(parts.pattern);
  }

  /** @throws KioskError `session/busy`, `reference/invalid`, `reference/none`, `lesion/unknown`, or as the store */
  change(change: ContextChange): void {
    switch (change.type) {
      case 'reference':
        this.#setReference(change.reference);
        break;
      case 'clear':
        this.clear('by-hand');
        break;
      case 'new-lesion':
        this.#addLesion(change);
        break;
      case 'lesion':
        this.#choose(change.id);
    }
  }

  /** Clears the patient; no effect if there is none. */
  clear(reason: 'by-hand' | 'idle'): void {
    if (this.#patient === undefined) return;
    this.#leaveSession();
    const { id } = this.#patient;
    // First of all: a failing disk must not keep a patient on the screen.
    this.#set(undefined, undefined);
    this.#parts.store.append({ kind: 'reference-cleared', body: { patient: id, reason } });
  }

  current(): ContextView | undefined {
    if (this.#patient === undefined) return undefined;
    const { reference, lesions } = this.#patient;
    const lesion = this.#lesion;
    if (lesion === undefined) return { reference, lesions };
    const { contraIndicated } = this.#parts;
    return { reference, lesions, lesion, ...(isContraIndicated(lesion) ? { contraIndicated } : {}) };
  }

  /**
   * The patient and lesion of a session that is opened now. @throws KioskError `lesion/contra-indicated` if the session
   * is not allowed
   */
  subject(): SessionSubject {
    const lesion = this.#lesion;
    if (this.#parts.contraIndicated === 'refuse' && lesion !== undefined && isContraIndicated(lesion))
      throw new KioskError('lesion/contra-indicated', 'the lesion is contraindicated');
    return {
      ...(this.#patient === undefined ? {} : { patient: this.#patient.id }),
      ...(lesion === undefined ? {} : { lesion: lesion.id }),
    };
  }

  onChange(listener: () => void): () => void {
    return this.#changes.on(listener);
  }

  #setReference(text: string): void {
    const reference = text.trim();
    if (reference.length > REFERENCE_MAX || !fits(this.#pattern, reference))
      throw new KioskError('reference/invalid', 'the reference does not match the pattern');
    this.#leaveSession();
    this.#set(this.#parts.store.context.patient(reference), undefined);
  }

  #addLesion({ reference, site, label, contraIndications }: ContextChange & { type: 'new-lesion' }): void {
    const patient = this.#required();
    const short = label.trim();
    if (patient.reference !== reference || short === '' || short.length > LABEL_MAX)
      throw new KioskError('request/invalid', 'a lesion of another reference, or without a label');
    this.#leaveSession();
    const lesion = this.#parts.store.context.addLesion(patient.id, {
      ...{ site, label: short, contraIndications: contraIndications && [...new Set(contraIndications)] },
    });
    this.#set({ ...patient, lesions: [lesion, ...patient.lesions] }, lesion);
  }

  #choose(id: string | null): void {
    const patient = this.#required();
    const lesion = patient.lesions.find((candidate) => candidate.id === id);
    if (id !== null && lesion === undefined)
      throw new KioskError('lesion/unknown', 'the reference has no such lesion');
    this.#leaveSession();
    this.#parts.store.append({ kind: 'lesion-chosen', body: { patient: patient.id, lesion: id } });
    this.#set(patient, lesion);
  }

  #required(): PatientRecord {
    if (this.#patient === undefined) throw new KioskError('reference/none', 'no patient is selected');
    return this.#patient;
  }

  #leaveSession(): void {
    const session = this.#parts.session();
    if (isUnderWay(session.session())) throw new KioskError('session/busy', 'a session is in progress');
    session.leave();
  }

  #set(patient: PatientRecord | undefined, lesion: LesionView | undefined): void {
    this.#patient = patient;
    this.#lesion = lesion;
    this.#changes.emit(undefined);
  }
}

function isContraIndicated({ contraIndications }: LesionView): boolean {
  return contraIndications !== null && contraIndications.length > 0;
}
