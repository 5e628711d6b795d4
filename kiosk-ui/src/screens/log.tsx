import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { queryOf } from '../format/log-filter.ts';
import { isSessionPage } from '../connection/answers.ts';
import { getJson } from '../connection/http.ts';
import { useSessions } from '../components/use-sessions.ts';
import { receiveReferences } from '../input/scans.ts';
import { nextLogChoice, type LogChoice } from '../state/log-choice.ts';
import { showNotice } from '../state/state.ts';
import { ExportPage } from './log-export.tsx';
import { LogFilterPage } from './log-filter.tsx';
import { LogList, type LogSubpage } from './log-list.tsx';
import { LogSearchPage } from './log-search.tsx';
import { SessionDetailPage } from './session-detail.tsx';
import { StatisticsPage } from './statistics.tsx';

/** The stored sessions, newest first: all or filtered, and their statistics. */
export function LogScreen(): JSX.Element {
  const [subpage, turnTo] = useState<LogSubpage>('list');
  const [chosen, choose] = useState<string>();
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
  const toList = (): void => {
    turnTo('list');
    choose(undefined);
  };
  useScannedReference((next, only) => {
    filter(next);
    turnTo('list');
    choose(only);
  });
  if (chosen !== undefined) {
    const toRow = (): void => {
      toList();
      sessions.refresh();
    };
    const awaited = choice.worklist === 'histology-pending';
    return <SessionDetailPage key={chosen} id={chosen} opensFindings={awaited} onBack={toRow} />;
  }
  switch (subpage) {
    case 'list':
      return (
        <LogList {...{ choice, sessions, scrolled }} onChange={filter} onChoose={choose} onSubpage={turnTo} />
      );
    case 'search':
      return (
        <LogSearchPage
          searched={choice.search}
          onSearch={(search) => {
            filter({ ...choice, search });
            toList();
          }}
          onBack={toList}
        />
      );
    case 'filter':
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
    case 'export':
      return <ExportPage choice={choice} onBack={toList} />;
    case 'statistics':
      return <StatisticsPage choice={choice} onBack={toList} />;
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
