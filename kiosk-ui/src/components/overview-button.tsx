import type { JSX } from 'preact';
import { beginOverview } from '../connection/overview.ts';
import { t } from '../i18n/translate.ts';
import { TouchButton } from './touch-button.tsx';

/** Begins an overview image of the lesion; small, below the image of a result. */
export function OverviewButton({ lesion }: { readonly lesion: string }): JSX.Element {
  return (
    <span class="help-key">
      <TouchButton
        label={t('overview.take')}
        icon="overview"
        tone="quiet"
        bare
        onPress={() => void beginOverview(lesion)}
      />
    </span>
  );
}
