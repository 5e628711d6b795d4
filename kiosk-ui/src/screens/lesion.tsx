import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ContextView, LesionView } from '#protocol/context.ts';
import type { LesionCapture } from '#protocol/lesion.ts';
import { isLesionHistory } from '../connection/answers.ts';
import { historyPath } from '../connection/http.ts';
import { withLatestNumbers } from '../format/course.ts';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { Tabs } from '../components/tabs.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { lesionName } from '../format/sites.ts';
import { lesionPart, type LesionPart } from '../state/lesion-part.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { LesionComparison } from './lesion-comparison.tsx';
import { LesionCourse } from './lesion-course.tsx';
import { closedWords, LesionEdits } from './lesion-edits.tsx';
import { LesionOverviews } from './lesion-overviews.tsx';
import { SessionDetailPage } from './session-detail.tsx';

/** Follow-up of the selected lesion, never of another one. */
export function LesionScreen({ context }: { readonly context: ContextView | undefined }): JSX.Element | null {
  const lesion = context?.lesion;
  return lesion === undefined ? null : (
    <LesionPage
      lesion={lesion}
      first={lesionPart.value}
      onBack={() => {
        open('live');
      }}
    />
  );
}

interface LesionPageProps {
  readonly lesion: LesionView;
  /** Reference of the patient; absent for the current one, who is in the head. */
  readonly whose?: string;
  readonly first?: LesionPart;
  readonly onEdited?: (lesion: LesionView) => void;
  readonly onBack: () => void;
}

export function LesionPage({
  lesion,
  whose,
  first = 'course',
  onEdited,
  onBack,
}: LesionPageProps): JSX.Element {
  const [opened, setOpened] = useState<string>();
  /** Counts the readings of the history: scoring again changes it. */
  const [readings, setReadings] = useState(0);
  const [part, setPart] = useState(first);
  const [changing, setChanging] = useState(false);
  if (opened !== undefined) {
    return (
      <SessionDetailPage
        id={opened}
        onBack={() => {
          setOpened(undefined);
          // A session is opened from the results.
          setPart('course');
        }}
      />
    );
  }
  if (changing) {
    return (
      <LesionEdits
        {...{ lesion, whose }}
        onEdited={(edited) => onEdited?.(edited)}
        onBack={() => {
          setChanging(false);
        }}
      />
    );
  }
  return (
    <main class="page lesion">
      <PageHead
        ofPatient={whose === undefined}
        title={whose === undefined ? t('lesion.over-time') : `${whose} · ${lesionName(lesion)}`}
        onBack={onBack}
        help="lesion"
      >
        {lesion.closed !== undefined && <p class="page-note">{closedWords(lesion.closed)}</p>}
        <TouchButton
          label={t('lesion.change')}
          onPress={() => {
            setChanging(true);
          }}
        />
      </PageHead>
      <History
        key={readings}
        lesion={lesion}
        first={part}
        onOpen={setOpened}
        onRescored={() => {
          setPart('course');
          setReadings(readings + 1);
        }}
      />
    </main>
  );
}

interface HistoryProps {
  readonly lesion: LesionView;
  readonly first: LesionPart;
  readonly onOpen: (session: string) => void;
  /** Called when images were scored again. */
  readonly onRescored: () => void;
}

function History(props: HistoryProps): JSX.Element {
  const answer = useFetched(historyPath(props.lesion.id), isLesionHistory);
  if (answer?.ok !== true) return <Pending answer={answer} />;
  const { captures, model } = answer.value;
  return <Parts captures={captures.map(withLatestNumbers)} model={model} {...props} />;
}

interface PartsProps extends HistoryProps {
  /** The current one. */
  readonly model: string | undefined;
  readonly captures: readonly LesionCapture[];
}

function Parts({ lesion, captures, model, first, onOpen, onRescored }: PartsProps): JSX.Element {
  return (
    <Tabs
      label={t('lesion.parts')}
      first={first === 'compare' && captures.length > 0 ? 1 : 0}
      tabs={[
        {
          name: t('lesion.course'),
          content: () =>
            captures.length === 0 ? (
              <p class="pending">{t('lesion.none')}</p>
            ) : (
              <LesionCourse captures={captures} model={model} onOpen={onOpen} onRescored={onRescored} />
            ),
        },
        {
          name: t('lesion.compare'),
          content: () => <LesionComparison captures={captures.filter(({ pictured }) => pictured)} />,
        },
        { name: t('overview.title'), content: () => <LesionOverviews lesion={lesion} /> },
      ]}
    />
  );
}
