import type { Timings } from '../protocol/outcome.ts';
import type { SessionRecord } from '../store/port.ts';
import type { Conclusion, Ending } from './machine.ts';

/** The stored data of an outcome. The raw scores of a withheld result are omitted. */
export function recordOf(id: string, conclusion: Conclusion, timings: Timings): SessionRecord {
  const { quality } = conclusion.assessment;
  if (conclusion.kind === 'retake') {
    const { assessment, lesion } = conclusion;
    const found = lesion === undefined ? {} : { lesion };
    return { id, outcome: 'retake', reason: assessment.reason, quality, ...found, timings };
  }
  const { verdict, model, pictureSha256, lesion, explanation } = conclusion.classification;
  const found = Object.keys(lesion).length === 0 ? {} : { lesion };
  const contra = conclusion.contra === undefined ? {} : { contra: conclusion.contra };
  const common = { id, model, pictureSha256, quality, ...found, ...contra, timings };
  if (verdict.outcome === 'withheld') return { ...common, outcome: 'withheld', reason: verdict.reason };
  const { malignancy, threshold, statement, probabilities, prevalence, marked } = verdict;
  return {
    ...{ ...common, outcome: 'result', malignancy, threshold, statement, probabilities },
    ...(prevalence === undefined ? {} : { prevalence }),
    ...(marked === undefined ? {} : { marked }),
    ...(explanation.hints === undefined ? {} : { hints: explanation.hints }),
  };
}

/** The record of a session that ended without an outcome. */
export function recordOfEnding(id: string, ending: Ending, timings: Timings): SessionRecord {
  return ending.outcome === 'fault'
    ? { id, outcome: 'fault', reason: ending.code, timings }
    : { id, outcome: 'aborted', timings };
}
