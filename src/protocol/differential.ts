import { CLASS_IDS, LESION_CLASSES, type ClassId, type Probabilities } from './classes.ts';
import type { ClassShare } from './view.ts';

/** The differential as displayed: most probable first; the more severe first on a tie. */
export function differential(
  probabilities: Probabilities,
  marked: readonly ClassId[] = [],
): readonly ClassShare[] {
  return CLASS_IDS.map((id) => {
    const { severity, ...words } = LESION_CLASSES[id];
    const mark = marked.includes(id) ? { marked: true as const } : {};
    return { share: { ...words, probability: probabilities[id], ...mark }, severity };
  })
    .sort((a, b) => b.share.probability - a.share.probability || b.severity - a.severity)
    .map(({ share }) => share);
}
