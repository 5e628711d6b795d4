import type { JSX } from 'preact';
import type { ClinicianVerdict } from '#protocol/assessments.ts';
import type { Showing } from '#protocol/view.ts';
import { isSessionDetail } from '../connection/answers.ts';
import { postJson, sessionPath } from '../connection/http.ts';
import { command } from '../connection/socket.ts';
import { open, showNotice } from '../state/state.ts';
import { CaptureButton } from './capture-button.tsx';
import { HoldButton } from './hold-button.tsx';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface ResultButtonsProps {
  readonly session: Showing;
  /** The most common choice. */
  readonly main?: 'save' | 'again';
}

/**
 * What the clinician can do with a result: saving it records their opinion, discarding it must be held. The hardware
 * button captures again, whatever is selected here.
 */
export function ResultButtons({ session, main = 'save' }: ResultButtonsProps): JSX.Element {
  const toneOf = (key: typeof main): 'main' | 'plain' => (key === main ? 'main' : 'plain');
  const isOpen = session.disposition === 'unreviewed';
  return (
    <div class="result-buttons">
      {isOpen && (
        <>
          <TouchButton
            label={t('result.save.agree')}
            icon="check"
            tone={toneOf('save')}
            onPress={() => void save('agree', session)}
          />
          <TouchButton
            label={t('result.save.disagree')}
            icon="cross"
            onPress={() => void save('disagree', session)}
          />
        </>
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
        <CaptureButton label={t('result.retake')} icon="retake" tone={toneOf('again')} sends="retake" />
      )}
      {isOpen && (
        <HoldButton
          label={t('result.discard')}
          hint={t('result.discard.hold')}
          icon="erase"
          onHeld={() => void settle('discard', session)}
        />
      )}
    </div>
  );
}

/** The opinion first: a session that was left without it would count as one nobody judged. */
async function save(value: ClinicianVerdict, session: Showing): Promise<void> {
  const entry = { kind: 'clinician', value };
  const answer = await postJson(`${sessionPath(session.id)}/assessments`, isSessionDetail, entry);
  if (!answer.ok) {
    showNotice('problem', answer.words, session.id);
    return;
  }
  await settle('accept', session);
}

async function settle(name: 'accept' | 'discard', { id, number }: Showing): Promise<void> {
  if (!(await command(name))) return;
  const done = name === 'accept' ? 'session.accepted' : 'session.discarded';
  showNotice('done', { message: t(done, { number: number ?? '' }), cure: t('session.stays') }, id);
}
