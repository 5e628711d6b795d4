import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionPage, SessionSummary } from '../../../src/protocol/http.ts';
import { when } from '../format/dates.ts';
import { isReviewed, outcomeLine, type OutcomeMark } from '../format/words.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Pager } from '../parts/pager.tsx';
import { Pending } from '../parts/pending.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { open } from '../state.ts';
import { SessionDetailPage } from './session-detail.tsx';
import { t } from '../words/words.ts';

/** As many rows as fit under one another at 48 px each on the smaller screen. */
const ROWS = 7;

const MARKS: Readonly<Record<OutcomeMark, IconName>> = {
  above: 'above',
  below: 'below',
  withheld: 'withheld',
  retake: 'retake',
  fault: 'warning',
};

/** Every session this kiosk remembers, newest first. */
export function LogScreen(): JSX.Element {
  const [chosen, choose] = useState<string>();
  // Where each page above this one began, so that one can go back up without the service counting rows.
  const [trail, setTrail] = useState<readonly number[]>([]);
  const before = trail.at(-1);
  const answer = useAnswer<SessionPage>(
    `/api/sessions?limit=${ROWS}${before === undefined ? '' : `&before=${before}`}`,
  );
  if (chosen !== undefined) {
    return (
      <SessionDetailPage
        id={chosen}
        onBack={() => {
          choose(undefined);
        }}
      />
    );
  }
  const page = answer?.ok === true ? answer.value : undefined;
  return (
    <main class="page log">
      <PageHead
        title={t('nav.log')}
        onBack={() => {
          open('live');
        }}
      />
      {page === undefined ? (
        <Pending answer={answer?.ok === false ? answer : undefined} />
      ) : (
        <Rows sessions={page.sessions} onChoose={choose} />
      )}
      <Pager
        newer={
          trail.length === 0
            ? undefined
            : () => {
                setTrail(trail.slice(0, -1));
              }
        }
        older={
          page?.next === undefined
            ? undefined
            : () => {
                setTrail([...trail, page.next ?? 0]);
              }
        }
        where={t('page.number', { page: trail.length + 1 })}
      />
    </main>
  );
}

interface RowsProps {
  readonly sessions: readonly SessionSummary[];
  readonly onChoose: (id: string) => void;
}

function Rows({ sessions, onChoose }: RowsProps): JSX.Element {
  if (sessions.length === 0) return <p class="pending">{t('log.empty')}</p>;
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
      <span class="row-quiet row-when">{when(session.openedAt)}</span>
      <Icon name="open" />
    </button>
  );
}
