import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BodySite } from '#protocol/body-sites.ts';
import { ASKED_CONTRAINDICATIONS, type ContextView, type Contraindication } from '#protocol/context.ts';
import { ContraQuestions } from '../components/contra-questions.tsx';
import { LabelStep, SiteStep } from '../components/lesion-steps.tsx';
import { PageHead } from '../components/page-head.tsx';
import { changeContext } from '../connection/socket.ts';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface StepsProps {
  readonly context: ContextView;
  readonly onLeave: () => void;
}

/** Site, label and contraindications of a new lesion, one step at a time. */
export function NewLesionSteps({ context: { reference, lesions }, onLeave }: StepsProps): JSX.Element {
  const [step, setStep] = useState<'site' | 'label' | 'contra'>('site');
  const [site, setSite] = useState<BodySite>();
  const [label, setLabel] = useState(String(lesions.length + 1));
  if (step === 'site' || site === undefined) {
    return (
      <SiteStep
        {...{ site, ofPatient: true }}
        title={t('lesion.site.title')}
        next={t('patient.next')}
        onChoose={setSite}
        onBack={onLeave}
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
      onBack={() => {
        setStep('label');
      }}
      onAnswer={(contraIndications) => {
        const lesion = { type: 'new-lesion', reference, site, label, contraIndications } as const;
        void changeContext(lesion).then((added) => {
          if (added) open('live');
        });
      }}
    />
  );
}

interface ContraStepProps {
  readonly onBack: () => void;
  readonly onAnswer: (found: readonly Contraindication[] | null) => void;
}

function ContraStep({ onBack, onAnswer }: ContraStepProps): JSX.Element {
  return (
    <main class="page contraindication-step">
      <PageHead title={t('contra.title')} onBack={onBack} ofPatient help="asking" />
      <ContraQuestions asked={ASKED_CONTRAINDICATIONS} onAnswer={onAnswer} />
    </main>
  );
}
