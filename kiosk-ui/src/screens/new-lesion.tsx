import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  ASKED_CONTRAINDICATIONS,
  toAsk,
  type ContextView,
  type Contraindication,
  type LesionDraft,
} from '#protocol/context.ts';
import { ContraQuestions } from '../components/contra-questions.tsx';
import { LabelStep, SiteStep } from '../components/lesion-steps.tsx';
import { PageHead } from '../components/page-head.tsx';
import { changeContext, keepDraft } from '../connection/socket.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface StepsProps {
  readonly context: ContextView;
  readonly onLeave: () => void;
}

/** Site, label and contraindications of a new lesion, one step at a time. */
export function NewLesionSteps({
  context: { reference, phototype, lesions, draft },
  onLeave,
}: StepsProps): JSX.Element {
  const [step, setStep] = useState<'site' | 'label' | 'contra'>(draft === undefined ? 'site' : 'label');
  const [site, setSite] = useState(draft?.site);
  const [label, setLabel] = useState(draft?.label ?? String(lesions.length + 1));
  const drop = useKeptDraft(reference, site && { site, label });
  if (step === 'site' || site === undefined) {
    return (
      <SiteStep
        {...{ site, ofPatient: true }}
        title={t('lesion.site.title')}
        next={t('patient.next')}
        onChoose={setSite}
        onBack={() => {
          drop();
          onLeave();
        }}
        onNext={() => {
          setStep('label');
        }}
      />
    );
  }
  if (step === 'label') {
    return (
      <LabelStep
        {...{ site, label, ofPatient: true }}
        title={t('lesion.label.title')}
        next={t('patient.next')}
        onType={setLabel}
        onBack={() => {
          setStep('site');
        }}
        onNext={() => {
          setStep('contra');
        }}
      />
    );
  }
  return (
    <ContraStep
      asked={toAsk(ASKED_CONTRAINDICATIONS, phototype === undefined ? undefined : { phototype })}
      onBack={() => {
        setStep('label');
      }}
      onAnswer={(contraIndications) => {
        const lesion = { type: 'new-lesion', reference, site, label, contraIndications } as const;
        void changeContext(lesion).then((added) => {
          if (!added) return;
          drop();
          open('live');
        });
      }}
    />
  );
}

/** How long nothing must be typed before it is kept, ms: not every letter is worth a command. */
const TYPED_MS = 300;

/**
 * Keeps what was entered with the patient, in the service: never in the browser, and never with another patient.
 *
 * @returns drops it
 */
function useKeptDraft(reference: string, draft: LesionDraft | undefined): () => void {
  const latest = useRef<LesionDraft | undefined>(undefined);
  const { site, label } = draft ?? {};
  const keep = (): void => {
    if (latest.current !== undefined) keepDraft(reference, latest.current);
    latest.current = undefined;
  };
  useEffect(() => {
    if (site === undefined || label === undefined) return;
    latest.current = { site, label };
    const timer = setTimeout(keep, TYPED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [reference, site, label]);
  // A press elsewhere closes the page before the time is up.
  useEffect(() => keep, []);
  return () => {
    latest.current = undefined;
    keepDraft(reference, null);
  };
}

interface ContraStepProps {
  readonly asked: readonly Contraindication[];
  readonly onBack: () => void;
  readonly onAnswer: (found: readonly Contraindication[] | null) => void;
}

function ContraStep({ asked, onBack, onAnswer }: ContraStepProps): JSX.Element {
  return (
    <main class="page contraindication-step">
      <PageHead title={t('contra.title')} onBack={onBack} ofPatient help="asking" />
      <ContraQuestions asked={asked} onAnswer={onAnswer} />
    </main>
  );
}
