import type { JSX } from 'preact';
import type { View } from '../../../src/protocol/view.ts';
import { t } from '../words/words.ts';

/** Nothing of a patient, nor what the lens sees: the first touch brings the live picture back. */
export function PrivacyScreen({ view }: { readonly view: View }): JSX.Element {
  return (
    <main class="privacy">
      <div class="privacy-ring" aria-hidden="true" />
      <h1>{t('privacy.title')}</h1>
      <p class="privacy-what">{t(view.button.state === 'ready' ? 'privacy.press' : 'privacy.touch')}</p>
      <p>{t('privacy.text')}</p>
      <p class="fine">{t('research')}</p>
    </main>
  );
}
