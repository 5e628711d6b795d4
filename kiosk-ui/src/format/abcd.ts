import type { AbcdFeatures } from '#protocol/view.ts';

/** A third of the test lesions: the lowest, the middle or the highest. */
export type Third = 'low' | 'medium' | 'high';

/** How many lesions the thirds are of. */
export const LESIONS_OF_THIRDS = 460;

/**
 * Where the second and the last third begin, measured with the masks of lesion-pair 0.2.1 on one image of each lesion
 * (docs/workflow.md).
 */
const THIRDS = {
  asymmetry: [0.053, 0.079],
  borderIrregularity: [1.087, 1.157],
} as const satisfies Partial<Record<keyof AbcdFeatures, readonly [second: number, last: number]>>;

/** A bare number would mislead: which third of the test lesions it is in. */
export function thirdOf(feature: keyof typeof THIRDS, value: number): Third {
  const [second, last] = THIRDS[feature];
  if (value < second) return 'low';
  return value < last ? 'medium' : 'high';
}
