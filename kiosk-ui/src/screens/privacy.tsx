import type { JSX } from 'preact';
import type { View } from '#protocol/view.ts';
import { conditionsOf } from '../format/conditions.ts';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/translate.ts';

/**
 * Shows no patient data and no live preview; the first touch restores the live preview. Conditions that block a press
 * are shown.
 */
export function PrivacyScreen({ view }: { readonly view: View }): JSX.Element {
  const obstacle = conditionsOf(view).find(({ weight }) => weight === 'blocked');
  return (
    <main class="privacy">
      {obstacle === undefined ? (
        <>
          <div class="privacy-ring" aria-hidden="true" />
          <h1>{t('privacy.title')}</h1>
          <p class="privacy-text">{t(view.button.state === 'ready' ? 'privacy.press' : 'privacy.touch')}</p>
        </>
      ) : (
        <>
          <h1 class="privacy-condition">
            <Icon name="warning" />
            <span>{obstacle.title}</span>
          </h1>
          <p class="privacy-text">{obstacle.words.cure}</p>
        </>
      )}
      <p>{t('privacy.text')}</p>
      <p class="small">{t('research')}</p>
    </main>
  );
}
