import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { openLesions, REFERENCE_MAX, type ContextView, type LesionView } from '#protocol/context.ts';
import { lesionName } from '../format/sites.ts';
import { Icon } from '../components/icon.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { Keyboard } from '../components/keyboard.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Paged } from '../components/paged.tsx';
import { TypedText } from '../components/typed-text.tsx';
import { YesOrNo } from '../components/yes-or-no.tsx';
import { pendingReference } from '../state/pending-reference.ts';
import { changeContext } from '../connection/socket.ts';
import { openLesion } from '../state/lesion-part.ts';
import { open, view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { CorrectReference } from './correct-reference.tsx';
import { CurrentPatientPage } from './patient-page.tsx';
import { NewLesionSteps } from './new-lesion.tsx';

/** Lesions that fit, two per row. */
const LESIONS = 8;

const toLive = (): void => {
  open('live');
};

/** Selects the patient, once a reference is scanned or entered and confirmed, and then the lesion. */
export function PatientScreen(): JSX.Element {
  const context = view.value?.context;
  // What was entered before a reload, or a press elsewhere, is not lost.
  const [adding, setAdding] = useState(context?.draft !== undefined);
  const [correcting, setCorrecting] = useState(false);
  const [mapped, setMapped] = useState(false);
  // An unconfirmed reference is not kept for the next user.
  useEffect(
    () => () => {
      pendingReference.value = undefined;
    },
    [],
  );
  if (pendingReference.value !== undefined) return <Confirm reference={pendingReference.value} />;
  if (context === undefined) return <Entry />;
  const done = (): void => {
    setAdding(false);
    setMapped(false);
  };
  if (correcting)
    return (
      <CorrectReference
        key={context.reference}
        reference={context.reference}
        onDone={() => {
          setCorrecting(false);
        }}
      />
    );
  if (mapped)
    return <CurrentPatientPage key={context.reference} reference={context.reference} onBack={done} />;
  if (adding) return <NewLesionSteps key={context.reference} context={context} onLeave={done} />;
  return (
    <Lesions
      context={context}
      onAdd={() => {
        setAdding(true);
      }}
      onCorrect={() => {
        setCorrecting(true);
      }}
      onMap={() => {
        setMapped(true);
      }}
    />
  );
}

function Entry(): JSX.Element {
  const [value, setValue] = useState('');
  return (
    <main class="page patient-entry">
      <PageHead title={t('patient')} onBack={toLive}>
        <p class="page-note">{t('patient.scan')}</p>
        <TouchButton
          label={t('patients')}
          icon="log"
          onPress={() => {
            open('patients');
          }}
        />
      </PageHead>
      <TypedText label={t('patient.reference')} value={value} />
      <Keyboard
        writes="code"
        value={value}
        max={REFERENCE_MAX}
        enter={t('patient.next')}
        onChange={setValue}
        onEnter={() => {
          pendingReference.value = value.trim();
        }}
      />
    </main>
  );
}

/** Large enough to compare with the label: a wrong patient is the one error that nothing else would reveal. */
function Confirm({ reference }: { readonly reference: string }): JSX.Element {
  const drop = (): void => {
    pendingReference.value = undefined;
  };
  return (
    <main class="page patient-confirm">
      <PageHead title={t('patient.confirm')} onBack={drop} />
      <p class="patient-reference" data-testid="proposed">
        {reference}
      </p>
      <YesOrNo
        yes={t('patient.yes')}
        onYes={() => {
          void changeContext({ type: 'reference', reference }).then(drop);
        }}
        onNo={drop}
      />
    </main>
  );
}

function Lesions({
  context: { lesions: all, lesion },
  onAdd,
  onCorrect,
  onMap,
}: {
  readonly context: ContextView;
  readonly onAdd: () => void;
  readonly onCorrect: () => void;
  readonly onMap: () => void;
}): JSX.Element {
  const lesions = openLesions(all);
  return (
    <main class="page patient-lesions">
      <PageHead title={t('patient.lesions')} onBack={toLive} ofPatient>
        <TouchButton label={t('patients.map')} icon="patient" onPress={onMap} />
      </PageHead>
      <div class="lesions">
        {lesions.length === 0 ? (
          <p class="pending">{t('patient.no-lesion')}</p>
        ) : (
          <Paged rows={lesions} perPage={LESIONS}>
            {(shown) => (
              <ul class="lesion-buttons">
                {shown.map((one) => (
                  <li key={one.id}>
                    <LesionButton lesion={one} chosen={one.id === lesion?.id} />
                  </li>
                ))}
              </ul>
            )}
          </Paged>
        )}
      </div>
      <div class="patient-buttons">
        <TouchButton label={t('patient.new-lesion')} icon="add" tone="main" size="large" onPress={onAdd} />
        {lesion !== undefined && (
          <TouchButton
            label={t('lesion.over-time')}
            icon="course"
            size="large"
            onPress={() => {
              openLesion('course');
            }}
          />
        )}
        <TouchButton label={t('patient.correct')} icon="edit" size="large" onPress={onCorrect} />
        <TouchButton
          label={t('patient.clear')}
          icon="deselect"
          size="large"
          onPress={() => {
            void changeContext({ type: 'clear' }).then((cleared) => {
              if (cleared) toLive();
            });
          }}
        />
      </div>
    </main>
  );
}

function LesionButton({
  lesion,
  chosen,
}: {
  readonly lesion: LesionView;
  readonly chosen: boolean;
}): JSX.Element {
  return (
    <button
      type="button"
      class="choice-button lesion-button"
      aria-pressed={chosen}
      onClick={() => {
        void changeContext({ type: 'lesion', id: chosen ? null : lesion.id }).then((changed) => {
          if (changed && !chosen) toLive();
        });
      }}
    >
      {chosen && <Icon name="check" />}
      <span class="lesion-name">{lesionName(lesion)}</span>
      {lesion.contraIndications !== null && lesion.contraIndications.length > 0 && (
        <span class="context-flag">
          <Icon name="warning" />
          <span>{t('contra.tag')}</span>
        </span>
      )}
    </button>
  );
}
