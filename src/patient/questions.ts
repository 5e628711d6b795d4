import {
  ASKED_CONTRAINDICATIONS,
  CHANGING_CONTRAINDICATIONS,
  toAsk,
  type ContextView,
  type Contraindication,
  type ContraQuestions,
} from '../protocol/context.ts';
import type { CaptureSource } from '../protocol/view.ts';

/**
 * The contraindications to be asked with a capture: all, or for a lesion that was asked about before, those that can
 * change; without what the patient's phototype answers. An uploaded file is not asked about: a program that sends it
 * waits for its result, and nobody may be there who has seen the lesion.
 */
export function questionsOf(
  { source }: { readonly source: CaptureSource },
  context: ContextView | undefined,
  setting: ContraQuestions,
): readonly Contraindication[] {
  if (setting === 'off' || source === 'upload') return [];
  const known = context?.lesion?.contraIndications ?? null;
  return toAsk(known === null ? ASKED_CONTRAINDICATIONS : CHANGING_CONTRAINDICATIONS, context);
}
