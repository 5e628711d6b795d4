import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionSummary } from '#protocol/http.ts';
import { when } from '../format/dates.ts';
import { choiceWords, isFiltered, queryOf, type LogChoice } from '../format/log-filter.ts';
import { isSessionPage, isStatistics } from '../connection/answers.ts';
import { isReviewed, outcomeLine, type OutcomeMark } from '../format/session-text.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pager } from '../components/pager.tsx';
import { Pending } from '../components/pending.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { ExportPage } from './log-export.tsx';
import { LogFilterPage } from './log-filter.tsx';
import { SessionDetailPage } from './session-detail.tsx';
import { StatisticsPage } from './statistics.tsx';

/** Rows that fit at 48 px each on the smaller screen, and rows that fit beside the filter's label. */
const ROWS = 7;
const FILTERED_ROWS = 6;

const MARKS: Readonly<Record<OutcomeMark, IconName>> = {
  above: 'above',
  at: 'at',
  below: 'below',
  withheld: 'withheld',
  retake: 'retake',
  fault: 'warning',
};

type Subpage = 'list' | 'filter' | 'statistics' | 'export';

/** The stored sessions, newest first: all or filtered, and their statistics. */
export function LogScreen(): JSX.Element {
  const [leaf, turnTo] = useState<Subpage>('list');
  const [chosen, choose] = useState<string>();
  const [choice, setChoice] = useState<LogChoice>({});
  // Where each page above this one began, so that paging back needs no row counts from the service.
  const [trail, setTrail] = useState<readonly number[]>([]);
  const filter = (next: LogChoice): void => {
    setChoice(next);
    setTrail([]);
  };
  const toList = (): void => {
    turnTo('list');
    choose(undefined);
  };
  if (chosen !== undefined) return <SessionDetailPage id={chosen} onBack={toList} />;
  if (leaf === 'filter') {
    return (
      <LogFilterPage
        choice={choice}
        onChange={filter}
        onBack={toList}
        onExport={() => {
          turnTo('export');
        }}
      />
    );
  }
  if (leaf === 'export') {
    return (
      <ExportPage
        choice={choice}
        onBack={() => {
          turnTo('filter');
        }}
      />
    );
  }
  if (leaf === 'statistics') return <StatisticsPage choice={choice} onBack={toList} />;
  return (
    <SessionList
      choice={choice}
      trail={trail}
      onTurn={setTrail}
      onClear={() => {
        filter({});
      }}
      onChoose={choose}
      onLeaf={turnTo}
    />
  );
}

interface SessionListProps {
  readonly choice: LogChoice;
  readonly trail: readonly number[];
  readonly onTurn: (trail: readonly number[]) => void;
  readonly onClear: () => void;
  readonly onChoose: (id: string) => void;
  readonly onLeaf: (leaf: Subpage) => void;
}

function SessionList({ choice, trail, onTurn, onClear, onChoose, onLeaf }: SessionListProps): JSX.Element {
  const filtered = isFiltered(choice);
  const limit = filtered ? FILTERED_ROWS : ROWS;
  const before = trail.at(-1);
  const from = before === undefined ? '' : `&before=${before}`;
  const answer = useFetched(`/api/sessions?limit=${limit}${from}&${queryOf(choice)}`, isSessionPage);
  const page = answer?.ok === true ? answer.value : undefined;
  const next = page?.next;
  return (
    <main class={`page log${filtered ? ' log-filtered' : ''}`}>
      <LogHead onLeaf={onLeaf} />
      {filtered && <FilterBar choice={choice} onClear={onClear} />}
      {page === undefined ? (
        <Pending answer={answer?.ok === false ? answer : undefined} />
      ) : (
        <Rows
          sessions={page.sessions}
          empty={filtered ? t('log.none') : t('log.empty')}
          onChoose={onChoose}
        />
      )}
      <Pager
        newer={
          trail.length === 0
            ? undefined
            : () => {
                onTurn(trail.slice(0, -1));
              }
        }
        older={
          next === undefined
            ? undefined
            : () => {
                onTurn([...trail, next]);
              }
        }
        where={t('page.number', { page: trail.length + 1 })}
      />
    </main>
  );
}

function LogHead({ onLeaf }: { readonly onLeaf: (leaf: Subpage) => void }): JSX.Element {
  return (
    <PageHead
      title={t('nav.log')}
      onBack={() => {
        open('live');
      }}
    >
      <TouchButton
        label={t('log.statistics')}
        icon="statistics"
        onPress={() => {
          onLeaf('statistics');
        }}
      />
      <TouchButton
        label={t('log.filter')}
        icon="filter"
        onPress={() => {
          onLeaf('filter');
        }}
      />
    </PageHead>
  );
}

/** The active filter, the number of matches, and the way back to all sessions. */
function FilterBar({
  choice,
  onClear,
}: {
  readonly choice: LogChoice;
  readonly onClear: () => void;
}): JSX.Element {
  const answer = useFetched(`/api/statistics?${queryOf(choice)}`, isStatistics);
  return (
    <section class="filter-bar" aria-label={t('log.filter')}>
      <strong role="status">
        {answer?.ok === true ? t('filter.count', { count: answer.value.sessions }) : ''}
      </strong>
      <span class="filter-text">{choiceWords(choice).join(' · ')}</span>
      <TouchButton label={t('filter.clear')} icon="cross" onPress={onClear} />
    </section>
  );
}

interface RowsProps {
  /** Shown when there are no sessions. */
  readonly empty: string;
  readonly sessions: readonly SessionSummary[];
  readonly onChoose: (id: string) => void;
}

function Rows({ sessions, empty, onChoose }: RowsProps): JSX.Element {
  if (sessions.length === 0) return <p class="pending">{empty}</p>;
  return (
    <ol class="rows">
      {sessions.map((session) => (
        <li key={session.id}>
          <Row
            session={session}
            onPress={() => {
              onChoose(session.id);
            }}
          />
        </li>
      ))}
    </ol>
  );
}

function Row({
  session,
  onPress,
}: {
  readonly session: SessionSummary;
  readonly onPress: () => void;
}): JSX.Element {
  const { mark, text } = outcomeLine(session);
  return (
    <button type="button" class="row" data-testid={`session-${session.number}`} onClick={onPress}>
      <span class="row-number">{session.number}</span>
      <span class={`row-outcome row-${mark}`}>
        <Icon name={MARKS[mark]} />
        <span>{text}</span>
      </span>
      <span class="row-quiet">{isReviewed(session) ? t(`disposition.${session.disposition}`) : ''}</span>
      <span class="row-quiet">{t(`source.${session.source}`)}</span>
      <span class="row-quiet row-time">{when(session.openedAt)}</span>
      <Icon name="open" />
    </button>
  );
}
