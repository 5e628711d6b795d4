import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { KeptPicture } from '#protocol/http.ts';
import { when } from '../format/dates.ts';
import { remove, sessionPath } from '../connection/http.ts';
import { Facts } from '../components/definition-list.tsx';
import { Key } from '../components/touch-button.tsx';
import { tell } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface KeptPicturePageProps {
  readonly id: string;
  readonly kept: KeptPicture;
  readonly onGone: () => void;
}

/** The picture of a session that is over, and how it is withdrawn: gone at once, and not to be had back. */
export function KeptPicturePage({ id, kept, onGone }: KeptPicturePageProps): JSX.Element {
  const [sure, ask] = useState(false);
  const path = `${sessionPath(id)}/picture`;
  const withdraw = async (): Promise<void> => {
    const answer = await remove(path);
    if (!answer.ok) {
      tell('problem', answer.words);
      return;
    }
    tell('done', { message: t('kept.gone'), cure: t('session.stays') });
    onGone();
  };
  return (
    <div class="kept">
      <img src={path} alt={t('picture.alt')} draggable={false} />
      <div class="stack">
        <Facts
          facts={[
            [t('kept.since'), when(kept.keptAt)],
            [t('kept.due'), when(kept.due)],
          ]}
        />
        {sure ? (
          <div class="kept-sure">
            <p>{t('kept.for-good')}</p>
            <Key label={t('kept.delete')} icon="cross" onPress={() => void withdraw()} />
            <Key
              label={t('kept.leave')}
              tone="main"
              onPress={() => {
                ask(false);
              }}
            />
          </div>
        ) : (
          <Key
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
