import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LesionView } from '#protocol/context.ts';
import type { PatientChange, PatientDetails } from '#protocol/patient-details.ts';
import type { PatientLesion, PatientView } from '#protocol/patients.ts';
import { isPatient, isPatientPage } from '../connection/answers.ts';
import { changeContext } from '../connection/socket.ts';
import { Icon } from '../components/icon.tsx';
import { MarkedLesion } from '../components/marked-lesion.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Paged } from '../components/paged.tsx';
import { Pending } from '../components/pending.tsx';
import { Tabs } from '../components/tabs.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { open, view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { LesionPage } from './lesion.tsx';
import { BirthYearPage, describePatient, PatientDetailsPart } from './patient-details.tsx';
import { PatientMap } from './patient-map.tsx';
import { PatientVisits } from './patient-visits.tsx';
import { SessionDetailPage } from './session-detail.tsx';

/** Lesions that fit, two per row. */
const LESIONS = 8;

interface PatientPageProps {
  readonly id: string;
  readonly onBack: () => void;
}

/** A patient's lesions on the body, and their visits. */
export function PatientPage({ id, onBack }: PatientPageProps): JSX.Element {
  const answer = useFetched(`/api/patients/${encodeURIComponent(id)}`, isPatient);
  if (answer?.ok === true) return <OfPatient patient={answer.value} onBack={onBack} />;
  return (
    <main class="page">
      <PageHead title={t('patient')} onBack={onBack} />
      <Pending answer={answer} />
    </main>
  );
}

/** The page of the patient with exactly this reference. */
export function CurrentPatientPage({
  reference,
  onBack,
}: {
  readonly reference: string;
  readonly onBack: () => void;
}): JSX.Element {
  const answer = useFetched(`/api/patients?limit=200&search=${encodeURIComponent(reference)}`, isPatientPage);
  const found = answer?.ok === true && answer.value.patients.find((one) => one.reference === reference);
  if (found !== undefined && found !== false) return <PatientPage id={found.id} onBack={onBack} />;
  return (
    <main class="page">
      <PageHead title={reference} onBack={onBack} />
      {found === undefined ? (
        <p class="pending">{t('patients.none')}</p>
      ) : (
        <Pending answer={answer?.ok === false ? answer : undefined} />
      )}
    </main>
  );
}

function OfPatient({
  patient,
  onBack,
}: {
  readonly patient: PatientView;
  readonly onBack: () => void;
}): JSX.Element {
  const [lesion, setLesion] = useState<string>();
  const [edited, setEdited] = useState<ReadonlyMap<string, LesionView>>(new Map());
  const [session, setSession] = useState<string>();
  const [details, setDetails] = useState<PatientDetails>(patient);
  const [typing, setTyping] = useState(false);
  const describe = (change: PatientChange): void => {
    void describePatient(patient.id, change).then((now) => {
      if (now !== undefined) setDetails(now);
    });
  };
  const { reference } = patient;
  const lesions = patient.lesions.map((one) => ({ ...one, lesion: edited.get(one.lesion.id) ?? one.lesion }));
  const isOpen = ({ lesion: { closed } }: PatientLesion): boolean => closed === undefined;
  const closed = lesions.filter((one) => !isOpen(one));
  const opened = lesions.find((one) => one.lesion.id === lesion);
  const openLesion = (one: PatientLesion): void => {
    setLesion(one.lesion.id);
  };
  if (session !== undefined) {
    return (
      <SessionDetailPage
        id={session}
        onBack={() => {
          setSession(undefined);
        }}
      />
    );
  }
  if (typing) {
    return (
      <BirthYearPage
        reference={reference}
        onBack={() => {
          setTyping(false);
        }}
        onYear={(birthYear) => {
          setTyping(false);
          describe({ birthYear });
        }}
      />
    );
  }
  if (opened !== undefined) {
    return (
      <LesionPage
        lesion={opened.lesion}
        whose={reference}
        onEdited={(now) => {
          setEdited(new Map([...edited, [now.id, now]]));
        }}
        onBack={() => {
          setLesion(undefined);
        }}
      />
    );
  }
  return (
    <main class="page lesion patient-page">
      <PageHead title={reference} onBack={onBack}>
        <SelectKey reference={reference} />
      </PageHead>
      <Tabs
        label={t('patients.parts')}
        tabs={[
          { name: t('patients.map'), content: () => <PatientMap lesions={lesions} onOpen={openLesion} /> },
          {
            name: t('patient.lesions'),
            content: () => <Lesions lesions={lesions.filter(isOpen)} onOpen={openLesion} />,
          },
          ...(closed.length === 0
            ? []
            : [
                {
                  name: t('patients.closed'),
                  content: () => <Lesions key="closed" lesions={closed} onOpen={openLesion} />,
                },
              ]),
          {
            name: t('patients.visits'),
            content: () => <PatientVisits patient={patient} onOpen={setSession} />,
          },
          {
            name: t('patients.details'),
            content: () => (
              <PatientDetailsPart
                details={details}
                onChange={describe}
                onYear={() => {
                  setTyping(true);
                }}
              />
            ),
          },
        ]}
      />
    </main>
  );
}

/** Looking at a patient does not make the next capture theirs; this key does. */
function SelectKey({ reference }: { readonly reference: string }): JSX.Element {
  if (view.value?.context?.reference === reference) {
    return (
      <p class="patient-now">
        <Icon name="check" />
        {t('patients.current')}
      </p>
    );
  }
  return (
    <TouchButton
      label={t('patients.select')}
      icon="patient"
      onPress={() => {
        void changeContext({ type: 'reference', reference }).then((selected) => {
          if (selected) open('patient');
        });
      }}
    />
  );
}

function Lesions({
  lesions,
  onOpen,
}: {
  readonly lesions: readonly PatientLesion[];
  readonly onOpen: (lesion: PatientLesion) => void;
}): JSX.Element {
  if (lesions.length === 0) return <p class="pending">{t('patient.no-lesion')}</p>;
  return (
    <Paged rows={lesions} perPage={LESIONS}>
      {(shown) => (
        <ul class="lesion-buttons">
          {shown.map((one) => (
            <li key={one.lesion.id}>
              <MarkedLesion lesion={one} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      )}
    </Paged>
  );
}
