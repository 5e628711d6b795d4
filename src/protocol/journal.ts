import type { ReviewEntry } from './assessments.ts';
import type { BoardWarning } from './board.ts';
import type { BodySite } from './body-sites.ts';
import type { Contraindication } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { SettingValue, UserSetting } from './settings.ts';
import type { CaptureSource, Disposition } from './view.ts';

/**
 * The kinds of the journal's rows, each with its body. The journal is the audit record: kinds and fields are never renamed, because rows
 * that were written stay as they are. A body holds ids and codes; never a picture, a patient's reference or free text.
 */
export interface JournalBodies {
  /** The service has started. */
  started: { readonly node: string };

  'session-opened': {
    readonly number: number;
    readonly source: CaptureSource;
    /** Id of the patient, and of one of their lesions; absent in an anonymous session. */
    readonly patient?: string;
    readonly lesion?: string;
  };
  'session-closed': Outcome;
  disposition: { readonly disposition: Exclude<Disposition, 'unreviewed'> };
  /** The clinician's verdict or the histology; `null` withdraws what was given before. */
  assessment: ReviewEntry;
  /** A press that started no session. `reason`: an error code, or the second press of a double press. */
  'press-ignored': { readonly source: CaptureSource; readonly reason?: string };
  /** Nobody touched the screen for a while, and a result, a retake or a fault was on it. */
  'screen-cleared': Readonly<Record<string, never>>;

  'reference-set': { readonly patient: string };
  'reference-cleared': { readonly patient: string; readonly reason: 'by-hand' | 'idle' };
  'lesion-added': {
    readonly lesion: string;
    readonly patient: string;
    readonly site: BodySite;
    readonly contraIndications: readonly Contraindication[];
  };
  /** `null`: none of the patient's lesions. */
  'lesion-chosen': { readonly patient: string; readonly lesion: string | null };

  'picture-kept': {
    readonly by: 'consent' | 'setting';
    readonly days: number;
    readonly sha256: string;
    readonly bytes: number;
    /** Whether the lesion's mask is kept with it. */
    readonly mask: boolean;
  };
  /** `because`: a removal that a power cut interrupted is read from the file, and may have been begun by another version. */
  'picture-gone': { readonly because: string; readonly sha256: string };
  exported: { readonly format: string; readonly references: boolean; readonly filtered: boolean };

  'pin-set': { readonly by: 'own-screen' | 'technician'; readonly after?: 'reset' };
  'pin-wrong': { readonly failures: number };
  'settings-unlocked': { readonly by: 'technician' };
  /** At a start. `dropped`: saved choices that are not possible any more. */
  'settings-in-force': {
    readonly chosen: Readonly<Partial<Record<UserSetting, string>>>;
    readonly dropped: readonly UserSetting[];
  };
  'setting-changed': {
    readonly setting: UserSetting;
    readonly from: SettingValue;
    readonly to: SettingValue;
    readonly by: 'technician';
  };
  /** The row before it says otherwise: the change could not be saved. */
  'setting-not-kept': { readonly setting: UserSetting; readonly kept: SettingValue };

  'button-found': ButtonBody;
  'button-gone': ButtonBody;
  'button-stuck': ButtonBody;
  'button-freed': ButtonBody;
  'button-tested': ButtonBody;
  /** Raised; with a session, what was standing while it ran. */
  'board-warning': BoardBody;
  /** Cleared. */
  'board-well': BoardBody;
}

interface ButtonBody {
  readonly driver: string;
}

interface BoardBody {
  readonly warnings: readonly BoardWarning[];
}

export type JournalKind = keyof JournalBodies;

/** What is written as one row of the journal: a kind with the body of that kind. */
export type JournalEvent<Kind extends JournalKind = JournalKind> = {
  [K in Kind]: { readonly kind: K; readonly body: JournalBodies[K] };
}[Kind];
