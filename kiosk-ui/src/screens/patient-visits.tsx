import type { JSX } from 'preact';
import type { PatientSession, PatientView } from '#protocol/patients.ts';
import { localDay } from '../format/dates.ts';
import { lesionName } from '../format/sites.ts';
import { outcomeName } from '../format/session-text.ts';
import { Icon } from '../components/icon.tsx';
import { MarkIcon } from '../components/mark-icon.tsx';
import { Paged } from '../components/paged.tsx';
import { t } from '../i18n/translate.ts';

/** Rows that fit, including the buttons below them. */
const ROWS = 5;

interface PatientVisitsProps {
  readonly patient: PatientView;
  readonly onOpen: (session: string) => void;
}

/** The sessions of a patient by day, newest first. */
export function PatientVisits({ patient: { visits, lesions }, onOpen }: PatientVisitsProps): JSX.Element {
  const rows = visits.flatMap(({ sessions }) => sessions.map((session, i) => ({ session, first: i === 0 })));
  if (rows.length === 0) return <p class="pending">{t('patients.no-session')}</p>;
  const nameOf = (id: string | undefined): string => {
    const found = lesions.find(({ lesion }) => lesion.id === id);
    return found === undefined ? '' : lesionName(found.lesion);
  };
  return (
    <Paged rows={rows} perPage={ROWS}>
      {(shown) => (
        <ol class="visit-rows">
          {shown.map(({ session, first }, i) => (
            <li key={session.id}>
              <button
                type="button"
                class="patients-row visit-row"
                onClick={() => {
                  onOpen(session.id);
                }}
              >
                <span>{first || i === 0 ? localDay(session.openedAt) : ''}</span>
                <span class="row-number">{session.number}</span>
                <SessionOutcome session={session} />
                <span class="row-quiet">{nameOf(session.lesion)}</span>
                <Icon name="open" />
              </button>
            </li>
          ))}
        </ol>
      )}
    </Paged>
  );
}

function SessionOutcome({
  session: { outcome, statement },
}: {
  readonly session: PatientSession;
}): JSX.Element {
  return (
    <span class="marked">
      {statement !== undefined && <MarkIcon mark={statement} />}
      {outcome === 'withheld' && <MarkIcon mark="no-answer" />}
      <strong>{statement === undefined ? outcomeName(outcome) : t(`band.${statement}`)}</strong>
    </span>
  );
}
