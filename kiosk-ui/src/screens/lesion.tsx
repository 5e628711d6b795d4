import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ContextView } from '#protocol/context.ts';
import type { LesionCapture } from '#protocol/lesion.ts';
import { isLesionHistory } from '../connection/answers.ts';
import { historyPath } from '../connection/http.ts';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { Tabs } from '../components/tabs.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { LesionComparison } from './lesion-comparison.tsx';
import { LesionCourse } from './lesion-course.tsx';
import { SessionDetailPage } from './session-detail.tsx';

/** Follow-up of the selected lesion, never of another one. */
export function LesionScreen({ context }: { readonly context: ContextView | undefined }): JSX.Element | null {
  const id = context?.lesion?.id;
  return id === undefined ? null : (
    <LesionPage
      id={id}
      onBack={() => {
        open('live');
      }}
    />
  );
}

interface LesionPageProps {
  readonly id: string;
  /** Whose lesion it is and which; absent for that of the current patient, who is in the head. */
  readonly whose?: string;
  readonly onBack: () => void;
}

export function LesionPage({ id, whose, onBack }: LesionPageProps): JSX.Element {
  const answer = useFetched(historyPath(id), isLesionHistory);
  const [opened, setOpened] = useState<string>();
  if (opened !== undefined) {
    return (
      <SessionDetailPage
        id={opened}
        onBack={() => {
          setOpened(undefined);
        }}
      />
    );
  }
  return (
    <main class="page lesion">
      <PageHead ofPatient={whose === undefined} title={whose ?? t('lesion.over-time')} onBack={onBack} />
      {answer?.ok === true ? (
        <Parts captures={answer.value.captures} onOpen={setOpened} />
      ) : (
        <Pending answer={answer} />
      )}
    </main>
  );
}

interface PartsProps {
  readonly captures: readonly LesionCapture[];
  readonly onOpen: (session: string) => void;
}

function Parts({ captures, onOpen }: PartsProps): JSX.Element {
  if (captures.length === 0) return <p class="pending">{t('lesion.none')}</p>;
  return (
    <Tabs
      label={t('lesion.parts')}
      tabs={[
        { name: t('lesion.course'), content: () => <LesionCourse captures={captures} onOpen={onOpen} /> },
        {
          name: t('lesion.compare'),
          content: () => <LesionComparison captures={captures.filter(({ pictured }) => pictured)} />,
        },
      ]}
    />
  );
}
