import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionDetail } from '#protocol/http.ts';
import type { Rescored } from '#protocol/rescore.ts';
import { isSessionDetail } from '../connection/answers.ts';
import { post, sessionPath } from '../connection/http.ts';
import { comparePercent } from '../format/numbers.ts';
import { showNotice, view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { TouchButton } from './touch-button.tsx';

interface RescoreSessionProps {
  readonly detail: SessionDetail;
  readonly onRescored: (detail: SessionDetail) => void;
}

/** What a later model says about the stored image of a session, below the session's own result. */
export function RescoreSession({ detail, onRescored }: RescoreSessionProps): JSX.Element | null {
  const [busy, setBusy] = useState(false);
  const { id, kept, rescored } = detail;
  const model = rescored?.model ?? detail.model;
  const current = view.value?.model;
  const offered =
    kept !== undefined &&
    model !== undefined &&
    current?.state === 'ready' &&
    current.sha256 !== model.sha256;
  if (!offered && rescored === undefined) return null;
  const rescore = async (): Promise<void> => {
    setBusy(true);
    const answer = await post(`${sessionPath(id)}/rescore`, isSessionDetail, new AbortController().signal);
    setBusy(false);
    if (answer.ok) onRescored(answer.value);
    else showNotice('problem', answer.words);
  };
  return (
    <div class="detail-again" data-testid="rescore">
      <p>
        {rescored === undefined
          ? ''
          : t('rescore.done', {
              model: `${rescored.model.name} ${rescored.model.version}`,
              value: rescoredWords(rescored),
            })}
      </p>
      {offered && (
        <TouchButton label={t('rescore')} icon="retake" disabled={busy} onPress={() => void rescore()} />
      )}
    </div>
  );
}

function rescoredWords(rescored: Rescored): string {
  if (rescored.outcome !== 'result') return t(`outcome.${rescored.outcome}`);
  return comparePercent(rescored.malignancy, rescored.threshold).value;
}
