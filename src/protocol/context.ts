import type { BodySite } from './body-sites.ts';
import type { PatientDetails, Phototype } from './patient-details.ts';

/** The phototypes to which the contraindication `dark-skin` applies. */
export function isDarkSkin(phototype: Phototype | undefined): boolean {
  return phototype !== undefined && phototype >= 5;
}

/** Without those that a known phototype has answered. */
export function toAsk(
  asked: readonly Contraindication[],
  patient: Pick<PatientDetails, 'phototype'> | undefined,
): readonly Contraindication[] {
  return patient?.phototype === undefined ? asked : asked.filter((one) => one !== 'dark-skin');
}

/** Contraindications of the kiosk's result that are asked about: cases the model was not validated on. */
export const ASKED_CONTRAINDICATIONS = [
  'special-site',
  'ulceration',
  'bleeding',
  'hidden',
  'too-large',
  'dark-skin',
] as const;

/** All that may be stored. `ulcerated`: ulcerated or bleeding, which was one question up to version 0.2. */
export const CONTRAINDICATIONS = [...ASKED_CONTRAINDICATIONS, 'ulcerated'] as const;

export type Contraindication = (typeof CONTRAINDICATIONS)[number];

/** Those that can change from one visit to the next; they are asked again for a lesion whose others are known. */
export const CHANGING_CONTRAINDICATIONS = [
  'ulceration',
  'bleeding',
  'hidden',
  'too-large',
] as const satisfies readonly Contraindication[];

/** Whether the contraindications are asked with every capture, before its number is shown. */
export const CONTRA_QUESTIONS = ['on', 'off'] as const;

export type ContraQuestions = (typeof CONTRA_QUESTIONS)[number];

/** What was asked with one capture, and the answer. */
export interface ContraAnswer {
  readonly asked: readonly Contraindication[];
  /** Those that apply; empty if the answer was that none does, `null` if there was no answer. */
  readonly found: readonly Contraindication[] | null;
}

/** Answers the questions of one session; socket event `answer`, `POST /api/answer`. */
export interface AnswerCommand extends Pick<ContraAnswer, 'found'> {
  /** Only this session's questions are answered, whatever is on the screen by now. */
  readonly session: string;
}

/** What happens to a session on a contraindicated lesion: it is rejected, or takes place and is flagged. */
export const CONTRAINDICATED = ['flag', 'refuse'] as const;

export type Contraindicated = (typeof CONTRAINDICATED)[number];

/** Longest patient reference and longest label of a lesion, characters. */
export const REFERENCE_MAX = 40;
export const LABEL_MAX = 20;

export interface NewLesion {
  readonly site: BodySite;
  /** A few letters that distinguish it from nearby lesions. */
  readonly label: string;
  /** Those that apply; empty if the answer was that none does, `null` if there was no answer. */
  readonly contraIndications: readonly Contraindication[] | null;
}

/** Why a lesion is closed. `duplicate`: it is another lesion that was entered twice. */
export const CLOSING_REASONS = ['excised', 'resolved', 'duplicate', 'other'] as const;

export type ClosingReason = (typeof CLOSING_REASONS)[number];

/** A lesion that is being entered: it comes back when the screen is reloaded, or its page was left by a press. */
export type LesionDraft = Pick<NewLesion, 'site' | 'label'>;

export interface LesionView extends NewLesion {
  readonly id: string;
  /** Present if it is closed: it is neither captured nor due for follow-up, until it is reopened. */
  readonly closed?: ClosingReason;
}

/** Those that are captured. */
export function openLesions(lesions: readonly LesionView[]): readonly LesionView[] {
  return lesions.filter(({ closed }) => closed === undefined);
}

/**
 * The patient and lesion of the next session. Personal data: on the screen and in the database, in no log line, metric
 * or journal row.
 */
export interface ContextView {
  readonly reference: string;
  /** Absent: unknown. */
  readonly phototype?: Phototype;
  /** All lesions of this reference, newest first. */
  readonly lesions: readonly LesionView[];
  /** The selected lesion; absent if none is selected. */
  readonly lesion?: LesionView;
  /** The new lesion that is being entered. */
  readonly draft?: LesionDraft;
  /** Present if the lesion has a contraindication, or the patient dark skin. */
  readonly contraIndicated?: Contraindicated;
}

/** A change requested by the screen; socket event `context`, `POST /api/context`. */
export type ContextChange =
  | { readonly type: 'reference'; readonly reference: string }
  | { readonly type: 'clear' }
  /**
   * A scanned reference: of a known patient it applies at once, with their lesion if there is only one; another must be
   * confirmed first, as `reference`.
   */
  | { readonly type: 'scan'; readonly reference: string }
  /** The next capture is of the last patient as well, of which lesion is not said. */
  | { readonly type: 'same' }
  /** `reference` was mistyped. */
  | { readonly type: 'correct'; readonly reference: string; readonly to: string }
  /** `reference` and `into` are one patient, who keeps `into`. */
  | { readonly type: 'merge'; readonly reference: string; readonly into: string }
  /**
   * `reference`: the patient of the lesion, so that a screen showing another patient's list cannot add to the wrong
   * one.
   */
  | ({ readonly type: 'new-lesion'; readonly reference: string } & NewLesion)
  /** Keeps what was entered of a new lesion of this patient until it is added; `null` drops it. */
  | { readonly type: 'draft'; readonly reference: string; readonly draft: LesionDraft | null }
  /** `null`: no lesion. */
  | { readonly type: 'lesion'; readonly id: string | null };

/** Whose a session is to be: a reference, which may be new, and one of its lesions; `null` for nobody. */
export interface Assignment {
  readonly reference: string | null;
  readonly lesion?: string | null;
}

/** The stored context of a session; texts only if they have not been erased. */
export interface SessionContext extends PatientDetails {
  /** Represents the reference everywhere else. */
  readonly patient: string;
  readonly reference?: string;
  readonly lesion?: LesionView;
}
