import { CLASS_IDS, LESION_CLASSES } from './classes.ts';

/**
 * Findings recorded for a session's lesion afterwards: codes only, never free text, so that no patient name can slip
 * in. Each can be entered, changed and withdrawn any number of times; the latest applies and all are kept.
 */
export const REVIEW_KINDS = ['clinician', 'histology'] as const;

export type ReviewKind = (typeof REVIEW_KINDS)[number];

/**
 * Whether the clinician agrees with the kiosk: with its statement on the referral threshold, or with withholding it.
 */
export const CLINICIAN_VERDICTS = ['agree', 'disagree', 'unsure'] as const;

export type ClinicianVerdict = (typeof CLINICIAN_VERDICTS)[number];

/** The clinician's opinion of the lesion: benign or malignant, or one of the seven classes. */
export const OPINIONS = ['benign', 'malignant', ...CLASS_IDS] as const;

export type Opinion = (typeof OPINIONS)[number];

/** What a clinician may say of a lesion before its result is shown; `malignant` includes pre-malignant. */
export const OPINIONS_BEFORE = ['benign', 'malignant', 'unsure'] as const;

/** The clinician's opinion from before its result was shown; stored with the session. */
export interface OpinionBefore {
  /** `null`: asked, but left or not given in time. */
  readonly opinion: (typeof OPINIONS_BEFORE)[number] | null;
  /** ISO 8601 in UTC: when it was given or left. */
  readonly at: string;
  /** Who gave it: an operator's id or `technician`; absent if nobody had to unlock. */
  readonly operator?: string;
}

/** Gives the opinion on one session before its result is shown; socket event `opinion`, `POST /api/opinion`. */
export interface OpinionCommand extends Pick<OpinionBefore, 'opinion'> {
  /** Only of this session, whatever is on the screen by now. */
  readonly session: string;
}

/**
 * The histology. `benign-other`, `malignant-other`: a diagnosis outside the seven classes. `inconclusive`: no definite
 * diagnosis. `not-excised`: there was no tissue and no finding is expected.
 */
export const HISTOLOGY_FINDINGS = [
  ...CLASS_IDS,
  'benign-other',
  'malignant-other',
  'inconclusive',
  'not-excised',
] as const;

export type HistologyFinding = (typeof HISTOLOGY_FINDINGS)[number];

export type GroundTruth = 'malignant' | 'benign';

/** The ground truth for the statement on the referral threshold; `undefined` if the finding does not determine it. */
export function groundTruthOf(finding: HistologyFinding): GroundTruth | undefined {
  const id = CLASS_IDS.find((each) => each === finding);
  if (id !== undefined) return LESION_CLASSES[id].kind === 'benign' ? 'benign' : 'malignant';
  return { 'benign-other': 'benign' as const, 'malignant-other': 'malignant' as const }[finding as string];
}

/** `POST /api/sessions/:id/assessments`; `null` withdraws an earlier value. */
export type ReviewEntry =
  | { readonly kind: 'clinician'; readonly value: ClinicianVerdict; readonly opinion?: Opinion }
  | { readonly kind: 'histology'; readonly value: HistologyFinding }
  | { readonly kind: ReviewKind; readonly value: null };

/** One edit, as recorded in the journal. */
export type RecordedReview = ReviewEntry & {
  /** Sequence number of its journal row: edits are ordered by it. */
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Who recorded it: an operator's id or `technician`; absent if nobody had to unlock. */
  readonly operator?: string;
};

/** The current state of a session's findings; values never entered, or withdrawn, are absent. */
export interface LatestReview {
  readonly clinician?: ClinicianVerdict;
  readonly opinion?: Opinion;
  readonly histology?: HistologyFinding;
}
