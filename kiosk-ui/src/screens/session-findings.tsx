import type { JSX } from 'preact';
import { CLINICIAN_VERDICTS, HISTOLOGY_FINDINGS, type ReviewEntry } from '#protocol/assessments.ts';
import type { SessionDetail } from '#protocol/http.ts';
import { TECHNICIAN } from '#protocol/operators.ts';
import { isSessionDetail } from '../connection/answers.ts';
import { postJson, sessionPath } from '../connection/http.ts';
import { histologyName } from '../format/session-text.ts';
import { Choice } from '../components/choice.tsx';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface SessionFindingsProps {
  readonly detail: SessionDetail;
  /** Called with the updated session after an edit. */
  readonly onEdited: (detail: SessionDetail) => void;
}

/** The clinician's verdict on the result, and later the histology: each can be changed and withdrawn. */
export function SessionFindings({ detail, onEdited }: SessionFindingsProps): JSX.Element {
  const edit = async (assessment: ReviewEntry): Promise<void> => {
    const answer = await postJson(`${sessionPath(detail.id)}/assessments`, isSessionDetail, assessment);
    if (answer.ok) onEdited(answer.value);
    else showNotice('problem', answer.words);
  };
  return (
    <div class="findings">
      <Choice
        title={titleOf('findings.clinician', detail, detail.clinicianBy)}
        options={CLINICIAN_VERDICTS.map((value) => ({ value, label: t(`clinician.${value}`) }))}
        chosen={detail.clinician}
        onChoose={(value) => void edit({ kind: 'clinician', value })}
        onWithdraw={() => void edit({ kind: 'clinician', value: null })}
      />
      <Choice
        title={titleOf('findings.histology', detail, detail.histologyBy)}
        options={HISTOLOGY_FINDINGS.map((value) => ({ value, label: histologyName(value) }))}
        chosen={detail.histology}
        onChoose={(value) => void edit({ kind: 'histology', value })}
        onWithdraw={() => void edit({ kind: 'histology', value: null })}
      />
      <p class="small">{t('findings.reading')}</p>
    </div>
  );
}

/** With who recorded what applies, if anybody had to unlock. */
function titleOf(
  title: 'findings.clinician' | 'findings.histology',
  { operators }: SessionDetail,
  by: string | undefined,
): string {
  if (by === undefined) return t(title);
  const name = operators?.[by] ?? (by === TECHNICIAN ? t('operators.technician') : by);
  return `${t(title)} · ${t('operators.by', { name })}`;
}
