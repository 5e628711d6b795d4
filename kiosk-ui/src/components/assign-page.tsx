import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { openLesions, REFERENCE_MAX, type Assignment, type LesionView } from '#protocol/context.ts';
import type { SessionDetail } from '#protocol/http.ts';
import { isAssignmentAnswer } from '../connection/answers.ts';
import { postJson, sessionPath } from '../connection/http.ts';
import { lesionName } from '../format/sites.ts';
import { receiveScans } from '../input/scans.ts';
import { useOccupied } from '../state/occupied.ts';
import { showNotice, view } from '../state/state.ts';
import { DialogPage } from './dialog-page.tsx';
import { Keyboard } from './keyboard.tsx';
import { TouchButton } from './touch-button.tsx';
import { TypedText } from './typed-text.tsx';
import { YesOrNo } from './yes-or-no.tsx';
import { t } from '../i18n/translate.ts';

interface AssignPageProps {
  readonly id: string;
  readonly number: number;
  /** The reference of the patient it belongs to; absent for nobody. */
  readonly reference: string | undefined;
  readonly onAssigned?: (detail: SessionDetail) => void;
  readonly onClose: () => void;
}

/** Over the page of a session: whose it is. A reference that is scanned or typed must be confirmed, and may be new. */
export function AssignPage({ id, number, reference, onAssigned, onClose }: AssignPageProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [proposed, propose] = useState<string>();
  const [lesions, offer] = useState<readonly LesionView[]>();
  const [given, setGiven] = useState(reference);
  useOccupied();
  useLayoutEffect(() => receiveScans(propose), []);
  const assign = async (to: Assignment): Promise<void> => {
    const answer = await postJson(`${sessionPath(id)}/assignment`, isAssignmentAnswer, to);
    if (!answer.ok) {
      showNotice('problem', answer.words);
      propose(undefined);
      return;
    }
    onAssigned?.(answer.value.session);
    setGiven(to.reference ?? undefined);
    const offered = openLesions(answer.value.lesions);
    if (to.lesion === undefined && offered.length > 0) {
      offer(offered);
      return;
    }
    const name = to.reference ?? t('session.no-patient');
    showNotice('done', { message: t('assign.done', { number, name }), cure: t('assign.journal') });
    onClose();
  };
  return (
    <DialogPage
      class="assign"
      help="assign"
      title={lesions === undefined ? t('assign.title') : t('assign.lesion')}
      step={stepOf()}
      note={t('assign.now', { number, name: given ?? t('session.no-patient') })}
      keys={
        stepOf() === 'entry' && (
          <Suggestions reference={reference} onChoose={(to) => void assign({ reference: to })} />
        )
      }
      onBack={() => {
        if (proposed !== undefined && lesions === undefined) propose(undefined);
        else onClose();
      }}
    >
      {lesions !== undefined ? (
        <div class="lesion-buttons">
          {lesions.map((lesion) => (
            <TouchButton
              key={lesion.id}
              label={lesionName(lesion)}
              onPress={() => void assign({ reference: given ?? null, lesion: lesion.id })}
            />
          ))}
          <TouchButton
            label={t('assign.no-lesion')}
            icon="none"
            onPress={() => void assign({ reference: given ?? null, lesion: null })}
          />
        </div>
      ) : proposed === undefined ? (
        <div class="assign-entry">
          <TypedText label={t('patient.reference')} value={typed} />
          <Keyboard
            writes="code"
            value={typed}
            max={REFERENCE_MAX}
            enter={t('patient.next')}
            onChange={setTyped}
            onEnter={() => {
              propose(typed.trim());
            }}
          />
        </div>
      ) : (
        <>
          <p class="patient-reference" data-testid="proposed">
            {proposed}
          </p>
          <YesOrNo
            yes={t('assign.yes')}
            onYes={() => void assign({ reference: proposed })}
            onNo={() => {
              propose(undefined);
            }}
          />
        </>
      )}
    </DialogPage>
  );

  function stepOf(): string {
    if (lesions !== undefined) return 'lesion';
    return proposed === undefined ? 'entry' : 'confirm';
  }
}

/** The patients this screen knows of, and nobody: one touch each. */
function Suggestions({
  reference,
  onChoose,
}: {
  readonly reference: string | undefined;
  readonly onChoose: (reference: string | null) => void;
}): JSX.Element {
  const now = view.value;
  const known = [now?.context?.reference, now?.lastPatient?.reference].filter(
    (one): one is string => one !== undefined && one !== reference,
  );
  return (
    <div class="assign-known">
      {[...new Set(known)].map((one) => (
        <TouchButton
          key={one}
          label={one}
          icon="patient"
          onPress={() => {
            onChoose(one);
          }}
        />
      ))}
      {reference !== undefined && (
        <TouchButton
          label={t('session.no-patient')}
          icon="none"
          onPress={() => {
            onChoose(null);
          }}
        />
      )}
    </div>
  );
}
