import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Statistics } from '#protocol/statistics.ts';
import { choiceWords, queryOf } from '../format/log-filter.ts';
import type { LogChoice } from '../state/log-choice.ts';
import { isStatistics } from '../connection/answers.ts';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { Switch } from '../components/switch.tsx';
import { Tabs } from '../components/tabs.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { t } from '../i18n/translate.ts';
import { Accuracy, AccuracyTable } from './statistics-accuracy.tsx';
import { DayPlot, DayTable } from './statistics-days.tsx';
import { OutcomePlot, OutcomeTable } from './statistics-outcomes.tsx';
import type { Subpage } from './statistics-subpage.ts';

interface StatisticsPageProps {
  readonly choice: LogChoice;
  readonly onBack: () => void;
}

/** Counts of the filtered sessions: as plots, or as tables for screen readers. */
export function StatisticsPage({ choice, onBack }: StatisticsPageProps): JSX.Element {
  const [asTable, setAsTable] = useState(false);
  const answer = useFetched(`/api/statistics?${queryOf(choice)}`, isStatistics);
  const words = choiceWords(choice);
  const subpage = (Plot: Subpage, Table: Subpage) => (statistics: Statistics) => {
    const Shown = asTable ? Table : Plot;
    return <Shown statistics={statistics} choice={choice} />;
  };
  const subpages = [
    { name: t('statistics.sessions'), content: subpage(DayPlot, DayTable) },
    { name: t('statistics.outcomes'), content: subpage(OutcomePlot, OutcomeTable) },
    { name: t('statistics.accuracy'), content: subpage(Accuracy, AccuracyTable) },
  ];
  return (
    <main class="page statistics">
      <PageHead title={t('log.statistics')} onBack={onBack} help="statistics">
        {answer?.ok === true && (
          <p class="page-note">
            {[t('filter.count', { count: answer.value.sessions }), ...words].join(' · ')}
          </p>
        )}
        <Switch label={t('statistics.table')} on={asTable} onSwitch={setAsTable} />
      </PageHead>
      {answer?.ok === true ? (
        <Tabs
          label={t('statistics.parts')}
          tabs={subpages.map(({ name, content }) => ({ name, content: () => content(answer.value) }))}
        />
      ) : (
        <Pending answer={answer} />
      )}
    </main>
  );
}
