import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { SEARCH_MAX } from '#protocol/log-query.ts';
import type { PatientSummary } from '#protocol/patients.ts';
import { isPatientPage } from '../connection/answers.ts';
import { localDay } from '../format/dates.ts';
import { Icon } from '../components/icon.tsx';
import { Keyboard } from '../components/keyboard.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pager } from '../components/pager.tsx';
import { Pending } from '../components/pending.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { TypedText } from '../components/typed-text.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { PatientPage } from './patient-page.tsx';

/** Rows that fit on the smallest screen, and below what was searched for. */
const ROWS = 6;
const FOUND_ROWS = 5;

/** The patients, those with the latest sessions first, and one of them. Nobody is selected by being looked at. */
export function PatientsScreen(): JSX.Element {
  const [opened, setOpened] = useState<string>();
  const [search, setSearch] = useState('');
  const [typing, setTyping] = useState(false);
  const [from, setFrom] = useState(0);
  if (opened !== undefined) {
    return (
      <PatientPage
        id={opened}
        onBack={() => {
          setOpened(undefined);
        }}
      />
    );
  }
  const find = (text: string): void => {
    setSearch(text.trim());
    setFrom(0);
    setTyping(false);
  };
  if (typing) return <Search onFind={find} />;
  return (
    <List
      {...{ search, from }}
      onTurn={setFrom}
      onOpen={setOpened}
      onType={() => {
        setTyping(true);
      }}
      onAll={() => {
        find('');
      }}
    />
  );
}

interface ListProps {
  readonly search: string;
  readonly from: number;
  readonly onTurn: (from: number) => void;
  readonly onOpen: (id: string) => void;
  readonly onType: () => void;
  readonly onAll: () => void;
}

function List({ search, from, onTurn, onOpen, onType, onAll }: ListProps): JSX.Element {
  const rows = search === '' ? ROWS : FOUND_ROWS;
  const query = search === '' ? '' : `&search=${encodeURIComponent(search)}`;
  const answer = useFetched(`/api/patients?limit=${rows}&from=${from}${query}`, isPatientPage);
  const page = answer?.ok === true ? answer.value : undefined;
  const next = page?.next;
  return (
    <main class={`page patients${search === '' ? '' : ' patients-found'}`}>
      <PageHead
        title={t('patients')}
        onBack={() => {
          open('patient');
        }}
      >
        <TouchButton label={t('patients.search')} icon="search" onPress={onType} />
      </PageHead>
      {search !== '' && (
        <section class="filter-bar" aria-label={t('patients.search')}>
          <span class="filter-text">{search}</span>
          <TouchButton label={t('patients.all')} icon="cross" onPress={onAll} />
        </section>
      )}
      {page === undefined ? (
        <Pending answer={answer?.ok === false ? answer : undefined} />
      ) : (
        <Rows patients={page.patients} onOpen={onOpen} />
      )}
      <Pager
        labels={[t('page.before'), t('page.next')]}
        where={t('page.number', { page: from / rows + 1 })}
        newer={
          from === 0
            ? undefined
            : () => {
                onTurn(from - rows);
              }
        }
        older={
          next === undefined
            ? undefined
            : () => {
                onTurn(next);
              }
        }
      />
    </main>
  );
}

interface RowsProps {
  readonly patients: readonly PatientSummary[];
  readonly onOpen: (id: string) => void;
}

function Rows({ patients, onOpen }: RowsProps): JSX.Element {
  if (patients.length === 0) return <p class="pending">{t('patients.none')}</p>;
  return (
    <ol class="patients-rows">
      {patients.map(({ id, reference, formerly, lesions, sessions, lastAt }) => (
        <li key={id}>
          <button
            type="button"
            class="patients-row"
            onClick={() => {
              onOpen(id);
            }}
          >
            <span class="patients-reference">
              <strong>{reference}</strong>
              {formerly !== undefined && (
                <span class="row-quiet">{t('patients.formerly', { reference: formerly })}</span>
              )}
            </span>
            <span class="row-quiet">{t('patients.lesions', { count: lesions })}</span>
            <span class="row-quiet">{t('patients.sessions', { count: sessions })}</span>
            <span class="row-quiet">{lastAt === undefined ? '' : localDay(lastAt)}</span>
            <Icon name="open" />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Search({ onFind }: { readonly onFind: (text: string) => void }): JSX.Element {
  const [value, setValue] = useState('');
  return (
    <main class="page patient-entry">
      <PageHead
        title={t('patients.search')}
        onBack={() => {
          onFind('');
        }}
      />
      <TypedText label={t('patients.search.part')} value={value} />
      <Keyboard
        writes="code"
        value={value}
        max={SEARCH_MAX}
        enter={t('patients.show')}
        onChange={setValue}
        onEnter={() => {
          onFind(value);
        }}
      />
    </main>
  );
}
