import type { JSX } from 'preact';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** Round button over an image that opens the lesion's follow-up. */
export function LesionButton(): JSX.Element {
  return (
    <button
      type="button"
      class="context-button lesion-follow-up"
      aria-label={t('lesion.over-time')}
      onClick={() => {
        open('lesion');
      }}
    >
      <Icon name="course" />
    </button>
  );
}
