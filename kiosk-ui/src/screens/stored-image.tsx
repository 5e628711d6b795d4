import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { StoredImage } from '#protocol/http.ts';
import { when } from '../format/dates.ts';
import { remove, sessionPath } from '../connection/http.ts';
import { DefinitionList } from '../components/definition-list.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface StoredImagePageProps {
  readonly id: string;
  readonly kept: StoredImage;
  readonly onGone: () => void;
}

/** The stored image of a closed session, and its deletion, which is immediate and permanent. */
export function StoredImagePage({ id, kept, onGone }: StoredImagePageProps): JSX.Element {
  const [sure, ask] = useState(false);
  const path = `${sessionPath(id)}/picture`;
  const withdraw = async (): Promise<void> => {
    const answer = await remove(path);
    if (!answer.ok) {
      showNotice('problem', answer.words);
      return;
    }
    showNotice('done', { message: t('kept.gone'), cure: t('session.stays') });
    onGone();
  };
  return (
    <div class="stored-image">
      <img src={path} alt={t('picture.alt')} draggable={false} />
      <div class="stack">
        <DefinitionList
          entries={[
            [t('kept.since'), when(kept.keptAt)],
            [t('kept.due'), when(kept.due)],
          ]}
        />
        {sure ? (
          <div class="stored-image-confirm" data-step="delete">
            <p>{t('kept.for-good')}</p>
            <TouchButton label={t('kept.delete')} icon="cross" onPress={() => void withdraw()} />
            <TouchButton
              label={t('kept.leave')}
              tone="main"
              leaves
              onPress={() => {
                ask(false);
              }}
            />
          </div>
        ) : (
          <TouchButton
            label={t('kept.withdraw')}
            icon="cross"
            onPress={() => {
              ask(true);
            }}
          />
        )}
      </div>
    </div>
  );
}
