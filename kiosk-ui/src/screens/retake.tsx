import type { JSX } from 'preact';
import type { SessionView } from '../../../src/protocol/view.ts';
import { AgainKey } from '../parts/again-key.tsx';
import { BigWords } from '../parts/big-words.tsx';
import { BoardLine } from '../parts/board-line.tsx';
import { Key } from '../parts/key.tsx';
import { SessionNumber } from '../parts/session-number.tsx';
import { command } from '../socket.ts';
import { wordsOf } from '../words/codes/codes.ts';
import { t } from '../words/words.ts';

type Retake = Extract<SessionView, { state: 'retake' }>;

/** Why the picture was refused and what cures it; the live picture beside it lets one try at once. */
export function RetakePanel({ session }: { readonly session: Retake }): JSX.Element {
  const { message, cure } = wordsOf(session.reason);
  return (
    <>
      <BigWords icon="retake" tone="caution" title={message} text={cure} />
      <div class="panel-keys">
        <AgainKey source={session.source} fileLabel={t('again.file')} />
        <Key label={t('back')} icon="back" onPress={() => void command('dismiss')} />
      </div>
      <BoardLine />
      <p class="panel-foot">
        <SessionNumber session={session} />
      </p>
    </>
  );
}
