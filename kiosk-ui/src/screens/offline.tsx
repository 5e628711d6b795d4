import type { JSX } from 'preact';
import { HelpButton } from '../components/help-button.tsx';
import { t } from '../i18n/translate.ts';

/** Without a service nothing is shown, not even the last image. */
export function OfflineScreen(): JSX.Element {
  return (
    <main class="offline">
      <div class="offline-pulse" aria-hidden="true" />
      <h1>{t('offline.title')}…</h1>
      <p>{t('offline.text')}</p>
      <HelpButton />
    </main>
  );
}
