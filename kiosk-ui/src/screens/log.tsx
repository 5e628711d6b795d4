import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { queryOf } from '../format/log-filter.ts';
import { isSessionPage } from '../connection/answers.ts';
import { getJson } from '../connection/http.ts';
import { hasRoom } from '../components/use-room.ts';
import { useSessions } from '../components/use-sessions.ts';
import { receiveReferences } from '../input/scans.ts';
import { nextLogChoice, type LogChoice } from '../state/log-choice.ts';
import { showNotice } from '../state/state.ts';
import { ExportPage } from './log-export.tsx';
import { LogFilterPage } from './log-filter.tsx';
import { LogList, type LogSubpage } from './log-list.tsx';
import { LogSearchPage } from './log-search.tsx';
import { SessionDetailPage, SessionDetailPane, type SessionDetailProps } from './session-detail.tsx';
import { StatisticsPage } from './statistics.tsx';

/**
 * The stored sessions, newest first: all or filtered, and their statistics. A chosen one is shown beside them where
 * there is room, and otherwise as a page.
 */
export function LogScreen(): JSX.Element {
  const [subpage, turnTo] = useState<LogSubpage>('list');
  const [chosen, setChosen] = useState<{ readonly id: string; readonly beside: boolean }>();
  const [choice, setChoice] = useState<LogChoice>(() => nextLogChoice.peek());
  const sessions = useSessions(queryOf(choice));
  const scrolled = useRef(0);
  useEffect(() => {
    nextLogChoice.value = {};
  }, []);
  const filter = (next: LogChoice): void => {
    setChoice(next);
    scrolled.current = 0;
  };
  // It stays what it was opened as: a session that changes its place would lose what is being entered there.
  const choose = (id: string | undefined): void => {
    setChosen(id === undefined ? undefined : { id, beside: hasRoom() });
  };
  const toList = (): void => {
    turnTo('list');
    choose(undefined);
  };
  useScannedReference((next, only) => {
    filter(next);
    turnTo('list');
    choose(only);
  });
  const detail: SessionDetailProps | undefined =
    chosen === undefined
      ? undefined
      : {
          id: chosen.id,
          opensFindings: choice.worklist === 'histology-pending',
          onEdited: sessions.refresh,
          onBack: () => {
            toList();
            sessions.refresh();
          },
        };
  if (detail !== undefined && chosen?.beside === false)
    return <SessionDetailPage key={detail.id} {...detail} />;
  if (subpage !== 'list')
    return (
      <Subpage
        {...{ subpage, choice }}
        onFilter={filter}
        onExport={() => {
          turnTo('export');
        }}
        onBack={toList}
      />
    );
  return (
    <LogList
      {...{ choice, sessions, scrolled }}
      chosen={chosen?.id}
      pane={detail && <SessionDetailPane key={detail.id} {...detail} />}
      onChange={(next) => {
        filter(next);
        toList();
      }}
      onChoose={choose}
      onSubpage={(next) => {
        toList();
        turnTo(next);
      }}
    />
  );
}

interface SubpageProps {
  readonly subpage: Exclude<LogSubpage, 'list'>;
  readonly choice: LogChoice;
  readonly onFilter: (choice: LogChoice) => void;
  readonly onExport: () => void;
  readonly onBack: () => void;
}

function Subpage({ subpage, choice, onFilter, onExport, onBack }: SubpageProps): JSX.Element {
  switch (subpage) {
    case 'search':
      return (
        <LogSearchPage
          searched={choice.search}
          onSearch={(search) => {
            onFilter({ ...choice, search });
            onBack();
          }}
          onBack={onBack}
        />
      );
    case 'filter':
      return <LogFilterPage choice={choice} onChange={onFilter} onBack={onBack} onExport={onExport} />;
    case 'export':
      return <ExportPage choice={choice} onBack={onBack} />;
    case 'statistics':
      return <StatisticsPage choice={choice} onBack={onBack} />;
  }
}

/**
 * A scanned reference shows that patient's sessions: those that await a histology if there are any, because that is
 * what a scan in the log is for most often.
 *
 * @param onFound with the session, if there is only one that awaits it
 */
function useScannedReference(onFound: (choice: LogChoice, only?: string) => void): void {
  const found = useRef(onFound);
  found.current = onFound;
  useEffect(() => {
    let asked = new AbortController();
    const show = async (reference: string): Promise<void> => {
      asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      const pending: LogChoice = { reference, worklist: 'histology-pending' };
      const answer = await getJson(`/api/sessions?limit=2&${queryOf(pending)}`, isSessionPage, signal);
      if (signal.aborted) return;
      if (!answer.ok) {
        showNotice('problem', answer.words);
        return;
      }
      const [first, second] = answer.value.sessions;
      if (first === undefined) found.current({ reference });
      else found.current(pending, second === undefined ? first.id : undefined);
    };
    const restore = receiveReferences((reference) => void show(reference));
    return () => {
      asked.abort();
      restore();
    };
  }, []);
}
