import type {
  ReviewKind,
  ClinicianVerdict,
  HistologyFinding,
  Opinion,
  OpinionBefore,
} from '../protocol/assessments.ts';
import type { BodySite } from '../protocol/body-sites.ts';
import type { ClosingReason } from '../protocol/context.ts';
import type { RecordedLesionEdit } from '../protocol/lesion.ts';
import type { Phototype } from '../protocol/patient-details.ts';
import type { Rescore } from '../protocol/rescore.ts';
import type { CaptureSource, Disposition } from '../protocol/view.ts';
import type { OutcomeColumns } from './result-fields.ts';

/** Rows of the tables. */
export interface BootColumns {
  readonly boot_id: string;
  readonly started_wall_ms: number;
}

export interface SessionColumns {
  readonly number: number;
  readonly id: string;
  readonly source: CaptureSource;
  readonly boot_id: string;
  readonly opened_wall_ms: number;
  /** Patient and lesion at the press, if any; `log` has the current ones. */
  readonly patient_id: string | null;
  readonly lesion_id: string | null;
}

/** A row of `lesions` without its label, which is not in the journal. */
export interface LesionColumns {
  readonly id: string;
  readonly patient_id: string;
  readonly site: BodySite;
  /** JSON. */
  readonly contra_indications: string;
  readonly closed: ClosingReason | null;
}

/** A row of `lesion_edits` without the label, which is not in the journal. */
export interface LesionEditColumns {
  readonly sequence: number;
  readonly lesion_id: string;
  readonly kind: RecordedLesionEdit['kind'];
  /** Before it was moved. */
  readonly site: BodySite | null;
  readonly reason: ClosingReason | null;
  readonly operator: string | null;
}

/** A row of `earlier_references` without its text, which is not in the journal. */
export interface EarlierReferenceColumns {
  readonly sequence: number;
  readonly patient_id: string;
  /** The patient that was merged into this one; NULL for a corrected reference. */
  readonly merged_patient_id: string | null;
}

/** NULL: unknown, or erased. */
export interface DetailColumns {
  readonly phototype: Phototype | null;
  readonly birth_year: number | null;
}

/** The texts for the ids of a session's context; an erased text is NULL. */
export interface ContextColumns extends DetailColumns {
  readonly reference: string | null;
  readonly site: BodySite | null;
  readonly label: string | null;
  readonly contra_indications: string | null;
  readonly closed: ClosingReason | null;
}

export type ResultColumns = { readonly session_id: string } & OutcomeColumns;

export interface JournalColumns {
  readonly sequence: number;
  readonly boot_id: string;
  readonly monotonic_ms: number;
  readonly wall_ms: number;
  readonly kind: string;
  readonly session_id: string | null;
  readonly body: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** A row of `log`: the filter and statistics columns of a closed session in their current state. */
export type SessionIndexColumns = Pick<
  SessionColumns,
  'number' | 'opened_wall_ms' | 'source' | 'patient_id' | 'lesion_id'
> &
  Pick<ResultColumns, 'outcome' | 'statement'> & {
    readonly disposition: Disposition;
    readonly clinician: ClinicianVerdict | null;
    readonly opinion: Opinion | null;
    readonly histology: HistologyFinding | null;
    /** NULL if none was asked for before the result. */
    readonly opinion_before: LoggedOpinionBefore | null;
  };

/** `none`: asked for and not given. */
export type LoggedOpinionBefore = NonNullable<OpinionBefore['opinion']> | 'none';

export interface ReviewColumns {
  readonly sequence: number;
  readonly session_id: string;
  readonly kind: ReviewKind;
  readonly value: string | null;
  readonly opinion: string | null;
  readonly wall_ms: number;
  readonly operator: string | null;
}

/** A row of `rescores`. */
export interface RescoreColumns {
  readonly sequence: number;
  readonly session_id: string;
  readonly outcome: Rescore['outcome'];
  readonly reason: string | null;
  readonly malignancy: number | null;
  readonly threshold: number | null;
  readonly statement: string | null;
  /** JSON. */
  readonly probabilities: string | null;
  readonly prevalence: number | null;
  readonly model: string;
  readonly wall_ms: number;
  readonly operator: string | null;
}
