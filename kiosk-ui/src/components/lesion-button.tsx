import type { JSX } from 'preact';
import type { IconName } from './icon.tsx';
import { openLesion, type LesionPart } from '../state/lesion-part.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

const ICONS = { course: 'course', compare: 'compare' } as const satisfies Record<LesionPart, IconName>;

/** Round button beside an image that opens the lesion's follow-up: its results, or the comparison with the last visit. */
export function LesionButton({ part = 'course' }: { readonly part?: LesionPart }): JSX.Element {
  return (
    <button
      type="button"
      class="context-button lesion-follow-up"
      aria-label={t(part === 'course' ? 'lesion.over-time' : 'lesion.compare')}
      onClick={() => {
        openLesion(part);
      }}
    >
      <Icon name={ICONS[part]} />
    </button>
  );
}
