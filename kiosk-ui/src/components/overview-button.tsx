import type { JSX } from 'preact';
import { beginOverview } from '../connection/overview.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** Round button beside an image that begins an overview image of the lesion. */
export function OverviewButton({ lesion }: { readonly lesion: string }): JSX.Element {
  return (
    <button
      type="button"
      class="context-button lesion-follow-up"
      aria-label={t('overview.take')}
      onClick={() => void beginOverview(lesion)}
    >
      <Icon name="overview" />
    </button>
  );
}
