import type { JSX } from 'preact';
import { t } from '../i18n/translate.ts';

/** No service, no claims: not even the last picture stays. */
export function OfflineScreen(): JSX.Element {
  return (
    <main class="offline">
      <div class="offline-pulse" aria-hidden="true" />
      <h1>{t('offline.title')}…</h1>
      <p>{t('offline.text')}</p>
    </main>
  );
}
