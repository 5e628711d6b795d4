import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CLOSING_REASONS, type LesionView } from '#protocol/context.ts';
import type { LesionEdit, LesionRecord, RecordedLesionEdit } from '#protocol/lesion.ts';
import { TECHNICIAN } from '#protocol/operators.ts';
import { isLesionRecord } from '../connection/answers.ts';
import { lesionPath, patchJson } from '../connection/http.ts';
import { localMinute } from '../format/dates.ts';
import { lesionName, siteName } from '../format/sites.ts';
import { LabelStep, SiteStep } from '../components/lesion-steps.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Paged } from '../components/paged.tsx';
import { Pending } from '../components/pending.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { useOccupied } from '../state/occupied.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

/** Rows of the history that fit, including the buttons below them. */
const ROWS = 4;

interface LesionEditsProps {
  readonly lesion: LesionView;
  /** Reference of the patient; absent for the current one, who is in the head. */
  readonly whose?: string | undefined;
  readonly onEdited: (lesion: LesionView) => void;
  readonly onBack: () => void;
}

type Step = 'list' | 'rename' | 'move' | 'close';

/** Renames a lesion, moves, closes or reopens it; and what was changed so far. */
export function LesionEdits({ lesion, whose, onEdited, onBack }: LesionEditsProps): JSX.Element {
  const answer = useFetched(lesionPath(lesion.id), isLesionRecord);
  const [edited, setEdited] = useState<LesionRecord>();
  const [step, setStep] = useState<Step>('list');
  const record = edited ?? (answer?.ok === true ? answer.value : undefined);
  const toList = (): void => {
    setStep('list');
  };
  const edit = async (change: LesionEdit): Promise<void> => {
    const changed = await patchJson(lesionPath(lesion.id), isLesionRecord, change);
    if (!changed.ok) {
      showNotice('problem', changed.words);
      return;
    }
    setEdited(changed.value);
    toList();
    onEdited(changed.value.lesion);
    showNotice('done', { message: t('lesion.edited'), cure: t('assign.journal') });
  };
  const head = { lesion, ofPatient: whose === undefined, onBack: toList };
  switch (step) {
    case 'rename':
      return <Rename {...head} onEdit={(change) => void edit(change)} />;
    case 'move':
      return <Move {...head} onEdit={(change) => void edit(change)} />;
    case 'close':
      return <Close {...head} onEdit={(change) => void edit(change)} />;
    case 'list':
      return (
        <main class="page lesion-edits">
          <PageHead
            ofPatient={whose === undefined}
            title={whose === undefined ? t('lesion.change') : `${whose} · ${lesionName(lesion)}`}
            onBack={onBack}
          />
          <Keys
            closed={lesion.closed !== undefined}
            onStep={setStep}
            onReopen={() => void edit({ closed: null })}
          />
          {record === undefined ? (
            <Pending answer={answer?.ok === false ? answer : undefined} />
          ) : (
            <History {...record} />
          )}
        </main>
      );
  }
}

function Keys({
  closed,
  onStep,
  onReopen,
}: {
  readonly closed: boolean;
  readonly onStep: (step: Step) => void;
  readonly onReopen: () => void;
}): JSX.Element {
  const key = (step: Exclude<Step, 'list'>): { readonly label: string; readonly onPress: () => void } => ({
    label: t(`lesion.${step}`),
    onPress: () => {
      onStep(step);
    },
  });
  return (
    <div class="lesion-edit-keys" data-step={closed ? 'closed' : 'open'}>
      {closed ? (
        <TouchButton label={t('lesion.reopen')} icon="retake" onPress={onReopen} />
      ) : (
        <>
          <TouchButton {...key('rename')} icon="erase" />
          <TouchButton {...key('move')} icon="patient" />
          <TouchButton {...key('close')} icon="none" />
        </>
      )}
    </div>
  );
}

function History({ lesion, history, operators = {} }: LesionRecord): JSX.Element {
  const who = ({ operator }: RecordedLesionEdit): string =>
    operator === TECHNICIAN ? t('operators.technician') : (operators[operator ?? ''] ?? operator ?? '');
  return (
    <section class="lesion-history" aria-label={t('lesion.edits')}>
      <h2>{lesion.closed === undefined ? t('lesion.edits') : closedWords(lesion.closed)}</h2>
      {history.length === 0 ? (
        <p class="pending">{t('lesion.edits.none')}</p>
      ) : (
        <Paged rows={history} perPage={ROWS}>
          {(shown) => (
            <ol>
              {shown.map((entry) => (
                <li key={entry.at + entry.kind} class="lesion-edit">
                  <span class="row-quiet">{localMinute(entry.at)}</span>
                  <strong>{editWords(entry)}</strong>
                  <span class="row-quiet">{who(entry)}</span>
                </li>
              ))}
            </ol>
          )}
        </Paged>
      )}
    </section>
  );
}

function editWords({ kind, label, site, reason }: RecordedLesionEdit): string {
  switch (kind) {
    case 'renamed':
      return label === undefined ? t('lesion.renamed') : t('lesion.renamed.from', { label });
    case 'moved':
      return site === undefined ? t('lesion.moved') : t('lesion.moved.from', { site: siteName(site) });
    case 'closed':
      return reason === undefined ? t('lesion.closed') : closedWords(reason);
    case 'reopened':
      return t('lesion.reopened');
  }
}

/** “Closed: excised”. */
export function closedWords(reason: NonNullable<LesionView['closed']>): string {
  return t('lesion.closed.because', { reason: t(`lesion.closed.${reason}`) });
}

interface EditProps {
  readonly lesion: LesionView;
  readonly ofPatient: boolean;
  readonly onBack: () => void;
  readonly onEdit: (edit: LesionEdit) => void;
}

function Rename({ lesion, ofPatient, onBack, onEdit }: EditProps): JSX.Element {
  const [label, setLabel] = useState(lesion.label);
  useOccupied();
  return (
    <LabelStep
      {...{ label, ofPatient, onBack }}
      site={lesion.site}
      title={t('lesion.label.title')}
      next={t('lesion.rename')}
      onType={setLabel}
      onNext={() => {
        onEdit({ label });
      }}
    />
  );
}

function Move({ lesion, ofPatient, onBack, onEdit }: EditProps): JSX.Element {
  const [site, setSite] = useState(lesion.site);
  useOccupied();
  return (
    <SiteStep
      {...{ site, ofPatient, onBack }}
      title={t('lesion.site.title')}
      next={t('lesion.move')}
      onChoose={setSite}
      onNext={() => {
        onEdit({ site });
      }}
    />
  );
}

function Close({ lesion, ofPatient, onBack, onEdit }: EditProps): JSX.Element {
  useOccupied();
  return (
    <main class="page lesion-close">
      <PageHead title={t('lesion.close.title')} {...{ ofPatient, onBack }} />
      <p>
        <strong>{lesionName(lesion)}</strong> – {t('lesion.close.text')}
      </p>
      <div class="lesion-buttons">
        {CLOSING_REASONS.map((closed) => (
          <TouchButton
            key={closed}
            label={t(`lesion.closed.${closed}`)}
            size="large"
            onPress={() => {
              onEdit({ closed });
            }}
          />
        ))}
      </div>
    </main>
  );
}
