import { CLASS_IDS, LESION_CLASSES } from './classes.ts';

/**
 * What people find of a session's lesion afterwards: codes only, never free text, so that no name of a patient can slip in. Each may
 * be given, changed and withdrawn as often as need be; the latest counts and all are kept.
 */
export const REVIEW_KINDS = ['clinician', 'histology'] as const;

export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** Whether the clinician shares what the kiosk said: its statement on the referral threshold, or that it withheld one. */
export const CLINICIAN_VERDICTS = ['agree', 'disagree', 'unsure'] as const;

export type ClinicianVerdict = (typeof CLINICIAN_VERDICTS)[number];

/** What the clinician takes the lesion for: as much as they would say, down to one of the seven classes. */
export const OPINIONS = ['benign', 'malignant', ...CLASS_IDS] as const;

export type Opinion = (typeof OPINIONS)[number];

/**
 * What became of the tissue. `benign-other`, `malignant-other`: a diagnosis that is none of the seven. `inconclusive`: the laboratory
 * could not tell. `not-excised`: there was no tissue and nobody waits for a finding.
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

/** What the statement on the referral threshold is held against; `undefined` where the finding tells nothing of it. */
export function groundTruthOf(finding: HistologyFinding): GroundTruth | undefined {
  const id = CLASS_IDS.find((each) => each === finding);
  if (id !== undefined) return LESION_CLASSES[id].kind === 'benign' ? 'benign' : 'malignant';
  return { 'benign-other': 'benign' as const, 'malignant-other': 'malignant' as const }[finding as string];
}

/** `POST /api/sessions/:id/assessments`; `null` withdraws what was given before. */
export type ReviewEntry =
  | { readonly kind: 'clinician'; readonly value: ClinicianVerdict; readonly opinion?: Opinion }
  | { readonly kind: 'histology'; readonly value: HistologyFinding }
  | { readonly kind: ReviewKind; readonly value: null };

/** One edit, as it stands in the journal. */
export type RecordedReview = ReviewEntry & {
  /** Of its row in the journal: edits are ordered by it. */
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
};

/** What is known of a session now; what was never given, or was withdrawn, is absent. */
export interface LatestReview {
  readonly clinician?: ClinicianVerdict;
  readonly opinion?: Opinion;
  readonly histology?: HistologyFinding;
}
