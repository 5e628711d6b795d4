import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BodySite, BodyView } from '#protocol/body-sites.ts';
import {
  ASKED_CONTRAINDICATIONS,
  LABEL_MAX,
  type ContextView,
  type Contraindication,
} from '#protocol/context.ts';
import { siteName } from '../format/sites.ts';
import { BodyMap } from '../components/body-map.tsx';
import { BodyViews } from '../components/body-views.tsx';
import { ContraQuestions } from '../components/contra-questions.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { Keyboard } from '../components/keyboard.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TypedText } from '../components/typed-text.tsx';
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
        site={site}
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
      <main class="page patient-entry">
        <PageHead
          ofPatient
          help="new-lesion"
          title={t('lesion.label.title')}
          onBack={() => {
            setStep('site');
          }}
        />
        <TypedText label={siteName(site)} value={label} />
        <Keyboard
          writes="text"
          value={label}
          max={LABEL_MAX}
          enter={t('patient.next')}
          onChange={setLabel}
          onEnter={() => {
            if (label.trim() !== '') setStep('contra');
          }}
        />
      </main>
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

interface SiteStepProps {
  readonly site: BodySite | undefined;
  readonly onChoose: (site: BodySite) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

function SiteStep({ site, onChoose, onBack, onNext }: SiteStepProps): JSX.Element {
  const [view, setView] = useState<BodyView>('front');
  return (
    <main class="page site-step">
      <PageHead title={t('lesion.site.title')} onBack={onBack} ofPatient help="new-lesion" />
      <div class="site-columns">
        <BodyViews view={view} onView={setView} />
        <BodyMap view={view} chosen={site} onChoose={onChoose} onView={setView} />
        <div class="site-chosen">
          <p class="site-name" aria-live="polite" data-testid="site">
            {site === undefined ? t('lesion.site.touch') : siteName(site)}
          </p>
          <TouchButton
            label={t('patient.next')}
            tone="main"
            size="large"
            disabled={site === undefined}
            onPress={onNext}
          />
        </div>
      </div>
    </main>
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
