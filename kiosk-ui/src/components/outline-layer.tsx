import type { JSX } from 'preact';
import type { ExplanationView } from '#protocol/view.ts';
import { t } from '../i18n/translate.ts';

/** The model's lesion outline over the image: a light line with a dark edge, visible on any skin. */
export function OutlineLayer({
  outline,
}: {
  readonly outline: NonNullable<ExplanationView['outline']>;
}): JSX.Element {
  const points = outline.map(([x, y]) => `${x},${y}`).join(' ');
  return (
    <svg
      class="layer outline"
      viewBox="0 0 1 1"
      role="img"
      aria-label={t('picture.outline.alt')}
      data-testid="outline"
    >
      <polygon class="outline-edge" points={points} />
      <polygon class="outline-line" points={points} />
    </svg>
  );
}
