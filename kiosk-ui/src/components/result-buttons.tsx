import type { JSX } from 'preact';
import type { Showing } from '#protocol/view.ts';
import { command } from '../connection/socket.ts';
import { open, showNotice } from '../state/state.ts';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface ResultButtonsProps {
  readonly session: Showing;
  /** The most common choice. */
  readonly main?: 'accept' | 'again';
}

/** What the clinician can do with a result. The hardware button captures again, whatever is selected here. */
export function ResultButtons({ session, main = 'accept' }: ResultButtonsProps): JSX.Element {
  const toneOf = (key: typeof main): 'main' | 'plain' => (key === main ? 'main' : 'plain');
  const open_ = session.disposition === 'unreviewed';
  return (
    <div class="result-buttons">
      {open_ && (
        <TouchButton
          label={t('result.accept')}
          icon="check"
          tone={toneOf('accept')}
          onPress={() => void settle('accept', session)}
        />
      )}
      {session.source === 'upload' ? (
        <TouchButton
          label={t('again.file')}
          icon="upload"
          tone={toneOf('again')}
          onPress={() => {
            open('upload');
          }}
        />
      ) : (
        <TouchButton
          label={t('result.retake')}
          icon="retake"
          tone={toneOf('again')}
          onPress={() => void command('press')}
        />
      )}
      {open_ && (
        <TouchButton
          label={t('result.discard')}
          icon="cross"
          onPress={() => void settle('discard', session)}
        />
      )}
    </div>
  );
}

async function settle(name: 'accept' | 'discard', { number }: Showing): Promise<void> {
  if (!(await command(name))) return;
  const done = name === 'accept' ? 'session.accepted' : 'session.discarded';
  showNotice('done', { message: t(done, { number: number ?? '' }), cure: t('session.stays') });
}
