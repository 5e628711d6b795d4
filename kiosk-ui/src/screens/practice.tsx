import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { PRACTICE_STEPS, type PracticeView } from '#protocol/practice.ts';
import { AimingRing } from '../components/aiming-ring.tsx';
import { Headline } from '../components/headline.tsx';
import { HelpButton } from '../components/help-button.tsx';
import { LateImage } from '../components/late-image.tsx';
import { Preview, type PreviewAge } from '../components/preview.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { guide, readGuide } from '../connection/guide.ts';
import { actPractice } from '../connection/practice.ts';
import { command } from '../connection/socket.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import { framing } from '../state/framing.ts';
import { open } from '../state/state.ts';

/** Captures of simulated images, up to the quality gate and no further. */
export function PracticeScreen({ practice }: { readonly practice: PracticeView }): JSX.Element {
  useEffect(() => {
    void readGuide();
  }, []);
  const { step, cured, state } = practice;
  const ownScreen = guide.value?.localScreen;
  return (
    <main class="live practice">
      <Stage practice={practice} />
      <div class="panel" data-step={`${step}-${cured ? 'cured' : 'fault'}-${state}`}>
        {ownScreen === false ? <Elsewhere /> : <Lesson practice={practice} />}
      </div>
    </main>
  );
}

function Stage({ practice: { state } }: { readonly practice: PracticeView }): JSX.Element {
  const [age, setAge] = useState<PreviewAge>('none');
  const checking = state === 'checking';
  return (
    <div class="stage">
      <Preview frozen={checking} onAge={setAge} />
      <AimingRing
        busy={checking}
        framing={state === 'aiming' && age === 'fresh' ? framing.value : undefined}
      />
      <LateImage age={age} />
      <HelpButton />
    </div>
  );
}

function Lesson({ practice }: { readonly practice: PracticeView }): JSX.Element {
  const { step, state } = practice;
  const at = PRACTICE_STEPS.indexOf(step);
  const isLast = at === PRACTICE_STEPS.length - 1;
  const isDone = state === 'good' && practice.cured;
  return (
    <>
      <p class="practice-step">
        {t('guide.step', { step: at + 1, steps: PRACTICE_STEPS.length })} · {t(`practice.${step}`)}
      </p>
      <Said practice={practice} />
      <MainKey practice={practice} isLast={isLast} />
      <div class="practice-keys">
        {!isDone && (
          <TouchButton label={t('guide.skip')} icon="open" onPress={() => void actPractice('next')} />
        )}
        <TouchButton label={t('practice.end')} icon="cross" leaves onPress={() => void actPractice('end')} />
      </div>
    </>
  );
}

/** What is to be done, or what the kiosk says of the image. */
function Said({ practice }: { readonly practice: PracticeView }): JSX.Element {
  const { step, cured, state } = practice;
  switch (state) {
    case 'aiming':
      return <h1 class="prompt prompt-compact">{t(cured ? 'practice.cured' : `practice.${step}.fault`)}</h1>;
    case 'checking':
      return <h1 class="prompt">{t('working.checking')}…</h1>;
    case 'retake': {
      const { message, cure } = wordsOf(practice.reason);
      return <Headline icon="retake" tone="caution" title={message} text={cure} />;
    }
    case 'good': {
      const text = t(cured ? 'practice.good.text' : 'practice.missed');
      return <Headline icon="check" tone="calm" title={t('practice.good')} text={text} />;
    }
    case 'fault': {
      const { message, cure } = wordsOf(practice.code);
      return <Headline icon="warning" tone="problem" title={message} text={cure} />;
    }
  }
}

/** The one key that goes on; a press of the button does the same wherever it says so. */
function MainKey(props: { readonly practice: PracticeView; readonly isLast: boolean }): JSX.Element {
  const { practice, isLast } = props;
  const { step, cured, state } = practice;
  if (!cured && (state === 'retake' || state === 'good'))
    return (
      <TouchButton
        label={t(`practice.${step}.cure`)}
        icon="check"
        tone="main"
        size="large"
        onPress={() => void actPractice('cure')}
      />
    );
  if (state === 'good')
    return (
      <TouchButton
        label={t(isLast ? 'guide.finish' : 'guide.next')}
        icon={isLast ? 'check' : 'open'}
        tone="main"
        size="large"
        onPress={() => void actPractice('next')}
      />
    );
  return (
    <TouchButton
      label={t(state === 'retake' || state === 'fault' ? 'again.press' : 'ready.capture')}
      icon="capture"
      tone="main"
      size="large"
      disabled={state === 'checking'}
      onPress={() => void command('press')}
    />
  );
}

/** On another screen than the kiosk's own, which may be needed for the log meanwhile. */
function Elsewhere(): JSX.Element {
  return (
    <>
      <Headline icon="wait" tone="calm" title={t('practice.elsewhere')} />
      <div class="practice-keys">
        <TouchButton
          label={t('nav.log')}
          icon="log"
          onPress={() => {
            open('log');
          }}
        />
        <TouchButton
          label={t('nav.menu')}
          icon="menu"
          onPress={() => {
            open('menu');
          }}
        />
      </div>
    </>
  );
}
