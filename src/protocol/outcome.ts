import type { Probabilities } from './classes.ts';
import type { LesionValues, QualityValues, Timings } from './http.ts';
import type { FaultCode, RetakeReason, WithheldReason } from './reasons.ts';
import type { AbcdFeatures, ModelIdentity } from './view.ts';

/** What a session came to, as it is recorded: the body of the journal's row of the closing. */
export type Outcome = { readonly timings: Timings } & (
  | {
      readonly outcome: 'result';
      readonly malignancy: number;
      readonly threshold: number;
      readonly statement: 'above' | 'below';
      readonly probabilities: Probabilities;
      readonly model: ModelIdentity;
      readonly pictureSha256: string;
      readonly quality: QualityValues;
      readonly lesion?: LesionValues;
      readonly hints?: AbcdFeatures;
    }
  | {
      readonly outcome: 'withheld';
      readonly reason: WithheldReason;
      readonly model: ModelIdentity;
      readonly pictureSha256: string;
      readonly quality: QualityValues;
      readonly lesion?: LesionValues;
    }
  | {
      readonly outcome: 'retake';
      readonly reason: RetakeReason;
      readonly quality: QualityValues;
      /** Where the lesion, not the picture alone, was the reason. */
      readonly lesion?: LesionValues;
    }
  | { readonly outcome: 'fault'; readonly reason: FaultCode }
  | { readonly outcome: 'aborted' }
);
