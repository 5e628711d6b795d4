import type { JSX } from 'preact';
import { screen } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';

/** Over every screen of practice, also over its help. */
export function PracticeBand(): JSX.Element | null {
  if (screen.value !== 'practice') return null;
  return (
    <aside class="practice-band">
      <Icon name="camera" />
      <p>{t('practice.band')}</p>
    </aside>
  );
}
