import type { JSX } from 'preact';
import type { FaultCode } from '#protocol/reasons.ts';
import type { SessionView } from '#protocol/view.ts';
import { AgainKey } from '../components/again-button.tsx';
import { BigWords } from '../components/headline.tsx';
import { BoardLine } from '../components/board-line.tsx';
import { ContextTag } from '../components/patient-tag.tsx';
import { Key } from '../components/touch-button.tsx';
import { SessionNumber } from '../components/session-number.tsx';
import { command } from '../connection/socket.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

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
