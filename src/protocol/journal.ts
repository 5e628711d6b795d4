import type { ReviewEntry } from './assessments.ts';
import type { BoardWarning } from './board.ts';
import type { BodySite } from './body-sites.ts';
import type { ClosingReason, Contraindication } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { Rescore } from './rescore.ts';
import type { SettingValue, UserSetting } from './settings.ts';
import type { CaptureSource, Disposition } from './view.ts';

/**
 * The kinds of the journal's rows, each with its body. The journal is the audit record: kinds and fields are never renamed, because rows
 * that were written stay unchanged. A body contains ids and codes, never an image, a patient reference or free text.
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
  /** The patient was given, changed or removed afterwards. Absent ids: no patient, no lesion. */
  'session-assigned': {
    readonly patient?: string;
    readonly lesion?: string;
    readonly before: { readonly patient?: string; readonly lesion?: string };
  } & Authored;
  /** The stored image was scored by another model; the outcome of closing stays. */
  'session-rescored': Rescore & Authored;
  disposition: { readonly disposition: Exclude<Disposition, 'unreviewed'> };
  /** The clinician's verdict or the histology; `null` withdraws the previous value. */
  assessment: ReviewEntry & Authored;
  /** A press that started no session. `reason`: an error code, or the second press of a double press. */
  'press-ignored': { readonly source: CaptureSource; readonly reason?: string };
  /** The screen was idle for a while with a result, a retake or a fault on it. */
  'screen-cleared': Readonly<Record<string, never>>;

  'reference-set': { readonly patient: string };
  /** `result`: the result was left; `scan`: another reference was scanned. Either way, the next capture may be of somebody else. */
  'reference-cleared': {
    readonly patient: string;
    readonly reason: 'by-hand' | 'idle' | 'result' | 'scan';
  };
  /** The reference was mistyped; the patient is the same. */
  'reference-corrected': { readonly patient: string };
  /** Everything of the patient `merged` belongs to `patient` from here on. */
  'patients-merged': { readonly patient: string; readonly merged: string };
  /** Which details were changed; their values are not in the journal. */
  'patient-described': {
    readonly patient: string;
    readonly phototype?: true;
    readonly birthYear?: true;
  } & Authored;
  'lesion-added': {
    readonly lesion: string;
    readonly patient: string;
    readonly site: BodySite;
    /** `null`: not asked, or left without an answer. */
    readonly contraIndications: readonly Contraindication[] | null;
  };
  /** The labels, before and after, are not in the journal. */
  'lesion-renamed': { readonly lesion: string } & Authored;
  'lesion-moved': { readonly lesion: string; readonly site: BodySite; readonly before: BodySite } & Authored;
  'lesion-closed': { readonly lesion: string; readonly reason: ClosingReason } & Authored;
  'lesion-reopened': { readonly lesion: string } & Authored;
  /** `null`: none of the patient's lesions. */
  'lesion-chosen': { readonly patient: string; readonly lesion: string | null };

  'picture-kept': {
    readonly by: 'consent' | 'setting';
    readonly days: number;
    readonly sha256: string;
    readonly bytes: number;
    /** Whether the lesion's mask is stored with it. */
    readonly mask: boolean;
  };
  /** `because`: read from the file if a power cut interrupted the removal, which another version may have started. */
  'picture-gone': { readonly because: string; readonly sha256: string } & Authored;
  /** `overview`: its id. `by`, `days`: as of `picture-kept`. */
  'overview-kept': {
    readonly overview: string;
    readonly lesion: string;
    readonly source: CaptureSource;
    readonly by: 'consent' | 'setting';
    readonly days: number;
    readonly sha256: string;
    readonly bytes: number;
  } & Authored;
  'overview-gone': {
    readonly overview: string;
    readonly lesion: string;
    readonly because: string;
    readonly sha256: string;
  } & Authored;
  exported: {
    readonly format: string;
    readonly references: boolean;
    readonly filtered: boolean;
  } & Authored;

  'pin-set': { readonly by: 'own-screen' | 'technician'; readonly after?: 'reset' };
  'pin-wrong': { readonly failures: number };
  /** `operator`: here and below, absent for the technician. */
  'settings-unlocked': { readonly by: 'technician' } & Authored;
  /** At a start. `dropped`: saved values that are no longer valid. */
  'settings-in-force': {
    readonly chosen: Readonly<Partial<Record<UserSetting, string>>>;
    readonly dropped: readonly UserSetting[];
  };
  'setting-changed': {
    readonly setting: UserSetting;
    readonly from: SettingValue;
    readonly to: SettingValue;
    /** `own-screen`: the language, on the kiosk's own screen before there was a PIN. */
    readonly by: 'technician' | 'own-screen';
  } & Authored;
  /** Corrects the previous row: the change could not be saved. */
  'setting-not-kept': { readonly setting: UserSetting; readonly kept: SettingValue };

  /** `by`: here and below, an operator's id or `technician`. `settings`: whether they may change the settings. */
  'operator-added': {
    readonly operator: string;
    readonly by: string;
    readonly settings: boolean;
    /** Whether there is a badge, or a PIN. */
    readonly badge: boolean;
    readonly pin: boolean;
  };
  /** Only what changed. `badge`, `pin`: whether there is one now; a new one replaces the previous. */
  'operator-changed': {
    readonly operator: string;
    readonly by: string;
    readonly name?: true;
    readonly badge?: boolean;
    readonly pin?: boolean;
    readonly active?: boolean;
    readonly settings?: boolean;
  };
  /** A screen or a program was unlocked. */
  unlocked: { readonly operator: string; readonly with: 'badge' | 'pin' };
  /** A wrong PIN, or an unknown badge. */
  'unlock-refused': {
    readonly operator?: string;
    readonly with: 'badge' | 'pin';
    readonly failures: number;
  };

  'button-found': ButtonBody;
  'button-gone': ButtonBody;
  'button-stuck': ButtonBody;
  'button-freed': ButtonBody;
  'button-tested': ButtonBody;
  /** Raised; with a session, the warnings that were active while it ran. */
  'board-warning': BoardBody;
  /** Cleared. */
  'board-well': BoardBody;
}

/** Who did it: an operator's id or `technician`; absent if nobody had to unlock. */
interface Authored {
  readonly operator?: string;
}

interface ButtonBody {
  readonly driver: string;
}

interface BoardBody {
  readonly warnings: readonly BoardWarning[];
}

export type JournalKind = keyof JournalBodies;

/** One row of the journal as it is written: a kind with the body of that kind. */
export type JournalEvent<Kind extends JournalKind = JournalKind> = {
  [K in Kind]: { readonly kind: K; readonly body: JournalBodies[K] };
}[Kind];
