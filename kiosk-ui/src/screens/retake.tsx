import type { JSX } from 'preact';
import type { SessionView } from '#protocol/view.ts';
import { AgainButton } from '../components/again-button.tsx';
import { Headline } from '../components/headline.tsx';
import { BoardLine } from '../components/board-line.tsx';
import { RejectedImage } from '../components/rejected-image.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { SessionNumber } from '../components/session-number.tsx';
import { command } from '../connection/socket.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

type Retake = Extract<SessionView, { state: 'retake' }>;

/** Why the image was rejected and how to fix it; the live preview beside it allows an immediate retry. */
export function RetakePanel({ session }: { readonly session: Retake }): JSX.Element {
  const { message, cure } = wordsOf(session.reason);
  return (
    <>
      <Headline icon="retake" tone="caution" title={message} text={cure} />
      <RejectedImage key={session.id} picture={session.picture} marks={session.marks} />
      <div class="panel-buttons">
        <AgainButton source={session.source} fileLabel={t('again.file')} />
        <TouchButton label={t('back')} icon="back" leaves onPress={() => void command('dismiss')} />
      </div>
      <BoardLine />
      <p class="panel-foot">
        <SessionNumber session={session} />
      </p>
    </>
  );
}
