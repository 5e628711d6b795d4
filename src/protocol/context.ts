import type { BodySite } from './body-sites.ts';

/** What speaks against the kiosk's answer for a lesion: what the model was not measured on. Asked once, when the lesion is made known. */
export const CONTRAINDICATIONS = ['special-site', 'ulcerated', 'hidden', 'too-large', 'dark-skin'] as const;

export type Contraindication = (typeof CONTRAINDICATIONS)[number];

/** What becomes of a session on a lesion with one: it is refused, or takes place and is flagged. */
export const CONTRAINDICATED = ['flag', 'refuse'] as const;

export type Contraindicated = (typeof CONTRAINDICATED)[number];

/** Longest patient reference and longest label of a lesion, characters. */
export const REFERENCE_MAX = 40;
export const LABEL_MAX = 20;

export interface NewLesion {
  readonly site: BodySite;
  /** A few letters that tell it from its neighbours. */
  readonly label: string;
  readonly contraIndications: readonly Contraindication[];
}

export interface LesionView extends NewLesion {
  readonly id: string;
}

/** Whom and what the next session is about. Personal data: on the screen and in the database, in no log line, metric or row of the journal. */
export interface ContextView {
  readonly reference: string;
  /** All that are known of this reference, the newest first. */
  readonly lesions: readonly LesionView[];
  /** The one of them that is being looked at; absent while none is chosen. */
  readonly lesion?: LesionView;
  /** Present where something speaks against it. */
  readonly contraIndicated?: Contraindicated;
}

/** What the screen asks for; socket event `context`, `POST /api/context`. */
export type ContextChange =
  | { readonly type: 'reference'; readonly reference: string }
  | { readonly type: 'clear' }
  /** `reference`: whose it is, so that a screen that shows another patient's list cannot add to the wrong one. */
  | ({ readonly type: 'new-lesion'; readonly reference: string } & NewLesion)
  /** `null`: none of them. */
  | { readonly type: 'lesion'; readonly id: string | null };

/** What is remembered of a session's context; text only as far as it was not erased. */
export interface SessionContext {
  /** Stands for the reference everywhere else. */
  readonly patient: string;
  readonly reference?: string;
  readonly lesion?: LesionView;
}
