import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { StoredImage } from '#protocol/http.ts';
import { when } from '../format/dates.ts';
import { remove } from '../connection/http.ts';
import { DefinitionList } from '../components/definition-list.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface StoredImagePageProps {
  /** URL of the image. */
  readonly picture: string;
  /** URL at which it is deleted. */
  readonly path: string;
  readonly alt?: string;
  readonly kept: Pick<StoredImage, 'keptAt' | 'due'>;
  /** What remains once it is deleted. */
  readonly stays: string;
  readonly onGone: () => void;
  /** Beside the image. */
  readonly children?: ComponentChildren;
}

/** A stored image, and its deletion, which is immediate and permanent. */
export function StoredImagePage(props: StoredImagePageProps): JSX.Element {
  const { picture, path, alt = t('picture.alt'), kept, stays, onGone, children } = props;
  const [sure, ask] = useState(false);
  const withdraw = async (): Promise<void> => {
    const answer = await remove(path);
    if (!answer.ok) {
      showNotice('problem', answer.words);
      return;
    }
    showNotice('done', { message: t('kept.gone'), cure: stays });
    onGone();
  };
  return (
    <div class="stored-image">
      <img src={picture} alt={alt} draggable={false} />
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
        {/* The question needs its room. */}
        {!sure && children}
      </div>
    </div>
  );
}
