import type { JSX } from 'preact';
import type { FaultCode } from '../../../src/protocol/reasons.ts';
import type { SessionView } from '../../../src/protocol/view.ts';
import { AgainKey } from '../parts/again-key.tsx';
import { BigWords } from '../parts/big-words.tsx';
import { BoardLine } from '../parts/board-line.tsx';
import { ContextTag } from '../parts/context-tag.tsx';
import { Key } from '../parts/key.tsx';
import { SessionNumber } from '../parts/session-number.tsx';
import { command } from '../socket.ts';
import { wordsOf } from '../words/codes/codes.ts';
import { t } from '../words/words.ts';

type Fault = Extract<SessionView, { state: 'fault' }>;

/** What failed, and its cure. No number is shown: there is none. */
export function FaultScreen({ session }: { readonly session: Fault }): JSX.Element {
  const { message, cure } = wordsOf(session.code);
  return (
    <main class="fault">
      <BigWords icon={iconOf(session.code)} tone="problem" title={message} text={cure} />
      <div class="fault-keys">
        <AgainKey source={session.source} fileLabel={t('again.choose')} />
        <Key label={t('back')} icon="back" size="large" onPress={() => void command('dismiss')} />
      </div>
      <ContextTag />
      <BoardLine />
      <p class="fault-foot">
        <SessionNumber session={session} />
        <span>{session.code}</span>
      </p>
    </main>
  );
}

function iconOf(code: FaultCode): 'camera' | 'file' | 'wait' | 'warning' {
  if (code.startsWith('camera/')) return 'camera';
  if (code.startsWith('picture/')) return 'file';
  return code === 'model/loading' || code === 'session/busy' ? 'wait' : 'warning';
}
