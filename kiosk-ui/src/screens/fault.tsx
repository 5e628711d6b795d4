import type { JSX } from 'preact';
import type { FaultCode } from '#protocol/reasons.ts';
import type { SessionView } from '#protocol/view.ts';
import { AgainButton } from '../components/again-button.tsx';
import { Headline } from '../components/headline.tsx';
import { BoardLine } from '../components/board-line.tsx';
import { HelpButton } from '../components/help-button.tsx';
import { PatientTag } from '../components/patient-tag.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { SessionNumber } from '../components/session-number.tsx';
import { command } from '../connection/socket.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

type Fault = Extract<SessionView, { state: 'fault' }>;

/** What failed, and its cure. There is no score to show. */
export function FaultScreen({ session }: { readonly session: Fault }): JSX.Element {
  const { message, cure } = wordsOf(session.code);
  return (
    <main class="fault">
      <Headline icon={iconOf(session.code)} tone="problem" title={message} text={cure} />
      <div class="fault-buttons">
        <AgainButton source={session.source} fileLabel={t('again.choose')} />
        <TouchButton
          label={t('back')}
          icon="back"
          size="large"
          leaves
          onPress={() => void command('dismiss')}
        />
        <HelpButton />
      </div>
      <PatientTag />
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
