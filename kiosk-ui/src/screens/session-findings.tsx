import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CLINICIAN_VERDICTS, HISTOLOGY_FINDINGS, type ReviewEntry } from '#protocol/assessments.ts';
import type { SessionDetail } from '#protocol/http.ts';
import { TECHNICIAN } from '#protocol/operators.ts';
import { isSessionDetail } from '../connection/answers.ts';
import { postJson, sessionPath } from '../connection/http.ts';
import { histologyName } from '../format/session-text.ts';
import { Choice } from '../components/choice.tsx';
import { YesOrNo } from '../components/yes-or-no.tsx';
import { useOccupied } from '../state/occupied.ts';
import { showNotice, view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface SessionFindingsProps {
  readonly detail: SessionDetail;
  /** Called with the updated session after an edit. */
  readonly onEdited: (detail: SessionDetail) => void;
}

/** The clinician's verdict on the result, and later the histology: each can be changed and withdrawn. */
export function SessionFindings({ detail, onEdited }: SessionFindingsProps): JSX.Element {
  useOccupied();
  const [asked, ask] = useState<ReviewEntry>();
  const [confirmed, confirm] = useState(false);
  const other = isOfAnother(detail);
  const edit = async (assessment: ReviewEntry): Promise<void> => {
    if (other && !confirmed) {
      ask(assessment);
      return;
    }
    await send(assessment);
  };
  const send = async (assessment: ReviewEntry): Promise<void> => {
    const answer = await postJson(`${sessionPath(detail.id)}/assessments`, isSessionDetail, assessment);
    if (answer.ok) onEdited(answer.value);
    else showNotice('problem', answer.words);
  };
  if (asked !== undefined) {
    return (
      <WhoseFinding
        detail={detail}
        onNo={() => {
          ask(undefined);
        }}
        onYes={() => {
          confirm(true);
          ask(undefined);
          void send(asked);
        }}
      />
    );
  }
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

/** Of somebody else than the selected patient, or of nobody beside one; or of a patient while nobody is selected. */
function isOfAnother({ context }: SessionDetail): boolean {
  return context?.reference !== view.value?.context?.reference;
}

interface WhoseFindingProps {
  readonly detail: SessionDetail;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asked once per visit of the page, naming whose the session is. */
function WhoseFinding({ detail: { number, context }, onYes, onNo }: WhoseFindingProps): JSX.Element {
  const name = context === undefined ? t('session.no-patient') : (context.reference ?? '');
  const selected = view.value?.context?.reference;
  return (
    <div class="whose-finding" role="alertdialog" aria-label={t('findings.whose')}>
      <h2>{t('findings.whose')}</h2>
      <p class="patient-reference">{name}</p>
      <p>
        {selected === undefined
          ? t('findings.whose.nobody', { number })
          : t('findings.whose.other', { number, selected })}
      </p>
      <YesOrNo yes={t('findings.whose.yes')} leaves onYes={onYes} onNo={onNo} />
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
