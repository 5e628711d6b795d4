import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { SessionSummary } from '#protocol/http.ts';
import { lastMonth } from '../format/calendar.ts';
import {
  choiceWords,
  isFiltered,
  LOG_TABS,
  onTab,
  queryOf,
  tabOf,
  without,
  withoutTab,
  type LogTab,
} from '../format/log-filter.ts';
import { isExportPlace, isStatistics } from '../connection/answers.ts';
import { Icon } from '../components/icon.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { SessionRow } from '../components/session-row.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { useFetched } from '../components/use-fetched.ts';
import type { Sessions } from '../components/use-sessions.ts';
import type { LogChoice } from '../state/log-choice.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

export type LogSubpage = 'list' | 'search' | 'filter' | 'statistics' | 'export';

const TABS = Object.keys(LOG_TABS) as readonly LogTab[];

/** How far below the visible rows older ones are already read, pixels. */
const READ_AHEAD = '800px';

interface LogListProps {
  readonly choice: LogChoice;
  readonly sessions: Sessions;
  /** How far the rows were scrolled, pixels: they are still there on the way back from a session. */
  readonly scrolled: { current: number };
  /** The id of the session whose page is open beside the rows. */
  readonly chosen: string | undefined;
  /** That page. */
  readonly pane: JSX.Element | undefined;
  readonly onChange: (choice: LogChoice) => void;
  readonly onChoose: (id: string) => void;
  readonly onSubpage: (subpage: LogSubpage) => void;
}

/** The sessions of a tab, newest first. */
export function LogList(props: LogListProps): JSX.Element {
  const { choice, sessions, pane, onChange, onSubpage } = props;
  const rest = withoutTab(choice);
  return (
    <main class={pane === undefined ? 'page log' : 'page log log-paned'}>
      <LogHead onSubpage={onSubpage} />
      <LogTabs choice={choice} onChange={onChange} />
      {isFiltered(rest) && (
        <FilterBar
          choice={choice}
          onClear={() => {
            onChange(LOG_TABS[tabOf(choice)]);
          }}
        />
      )}
      <div class="log-columns">
        {sessions.rows === undefined ? (
          <Pending answer={sessions.failed} />
        ) : (
          <Rows key={queryOf(choice)} {...props} rows={sessions.rows} />
        )}
        {pane}
      </div>
    </main>
  );
}

function LogHead({ onSubpage }: Pick<LogListProps, 'onSubpage'>): JSX.Element {
  const place = useFetched('/api/exports', isExportPlace);
  const canExport = place?.ok === true && place.value.folder !== null;
  const subpages = [
    ['search', t('log.search'), 'search'],
    ['filter', t('log.filter'), 'filter'],
    ['statistics', t('log.statistics'), 'statistics'],
    ...(canExport ? ([['export', t('export'), 'upload']] as const) : []),
  ] as const;
  return (
    <PageHead
      title={t('nav.log')}
      onBack={() => {
        open('live');
      }}
    >
      {subpages.map(([subpage, label, icon]) => (
        <TouchButton
          key={subpage}
          label={label}
          icon={icon}
          onPress={() => {
            onSubpage(subpage);
          }}
        />
      ))}
    </PageHead>
  );
}

function LogTabs({ choice, onChange }: Pick<LogListProps, 'choice' | 'onChange'>): JSX.Element {
  const tab = tabOf(choice);
  const month = lastMonth();
  const ofMonth = choice.from === month.from && choice.to === month.to;
  return (
    <div class="log-tabs">
      <div class="tabs" role="group" aria-label={t('log.tabs')}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === tab}
            data-tab={each}
            onClick={() => {
              onChange(onTab(choice, each));
            }}
          >
            {t(`log.tab.${each}`)}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="choice-button"
        aria-pressed={ofMonth}
        onClick={() => {
          onChange(ofMonth ? without(choice, 'from', 'to') : { ...choice, ...month });
        }}
      >
        {ofMonth && <Icon name="check" />}
        <span>{t('filter.last-month')}</span>
      </button>
    </div>
  );
}

/** The active filter, the number of matches, and a key to the whole tab. */
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
      <span class="filter-text">{choiceWords(withoutTab(choice)).join(' · ')}</span>
      <TouchButton label={t('filter.clear')} icon="cross" onPress={onClear} />
    </section>
  );
}

/** Scrolled by touch; the browser draws only the rows near the visible ones (`log.css`). */
function Rows({
  choice,
  rows,
  scrolled,
  sessions,
  chosen,
  onChoose,
}: LogListProps & { readonly rows: readonly SessionSummary[] }): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    if (list.current !== null) list.current.scrollTop = scrolled.current;
  }, []);
  useChosenInView(list, chosen);
  if (rows.length === 0) return <p class="pending">{isFiltered(choice) ? t('log.none') : t('log.empty')}</p>;
  return (
    <ol
      class="rows"
      ref={list}
      onScroll={({ currentTarget }) => {
        scrolled.current = currentTarget.scrollTop;
      }}
    >
      {rows.map((session) => (
        <li key={session.id}>
          <SessionRow
            session={session}
            chosen={session.id === chosen}
            onPress={() => {
              onChoose(session.id);
            }}
          />
        </li>
      ))}
      {sessions.next !== undefined && <Older sessions={sessions} list={list} />}
    </ol>
  );
}

/** The rows are of another height beside a page: the one that was touched stays visible, also once its page is closed. */
function useChosenInView(
  list: { readonly current: HTMLOListElement | null },
  chosen: string | undefined,
): void {
  const row = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (chosen !== undefined) row.current = list.current?.querySelector('[aria-current]') ?? null;
    row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
}

/** At the end of the rows: reads older ones when it comes near, or when it is touched after a failure. */
function Older({
  sessions: { failed, next, more },
  list,
}: {
  readonly sessions: Sessions;
  readonly list: { readonly current: HTMLOListElement | null };
}): JSX.Element {
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (end.current === null || failed !== undefined) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) more();
      },
      { root: list.current, rootMargin: READ_AHEAD },
    );
    watch.observe(end.current);
    return () => {
      watch.disconnect();
    };
  }, [next, failed]);
  return (
    <li ref={end} class="rows-end" role="status">
      {failed === undefined ? (
        t('reading')
      ) : (
        <>
          <span>{failed.words.message}</span>
          <TouchButton label={t('page.older')} icon="older" onPress={more} />
        </>
      )}
    </li>
  );
}
