import type { LesionView } from './context.ts';
import type { FaultCode } from './reasons.ts';

/** An overview image that is being taken: the region around a lesion, without contact. It is never assessed. */
export interface OverviewView {
  readonly id: string;
  /** `aiming`: nothing is taken yet; `taking`: until the image is there; `held`: it is shown, and not stored yet. */
  readonly state: 'aiming' | 'taking' | 'held';
  /** Why the last press gave no image. */
  readonly fault?: FaultCode;
  /** While held: the image to be kept. Every image has another number. */
  readonly shot?: { readonly number: number; readonly picture: string };
  /** Whose it is; absent for a screen that may not see patients. */
  readonly of?: OverviewSubject;
  /** Whether keeping it records the patient’s consent, and for how many days it is then stored. */
  readonly consent: boolean;
  readonly days: number;
}

/** The patient and the lesion that were chosen when it was begun. */
export interface OverviewSubject {
  readonly reference: string;
  readonly lesion: LesionView;
}

/** A stored overview image. */
export interface StoredOverview {
  readonly id: string;
  /** ISO 8601; only as accurate as the board's clock. */
  readonly keptAt: string;
  /** When it will be deleted. */
  readonly due: string;
}

/** `GET /api/lesions/:id/overviews`. */
export interface LesionOverviews {
  /** Newest first. */
  readonly overviews: readonly StoredOverview[];
}
