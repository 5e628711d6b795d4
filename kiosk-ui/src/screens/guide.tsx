import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { GUIDE_STEPS, type GuideStep } from '#protocol/guide.ts';
import type { View } from '#protocol/view.ts';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { goInGuide, guide, readGuide } from '../connection/guide.ts';
import { startPractice } from '../connection/practice.ts';
import { snapshot } from '../connection/settings.ts';
import { t } from '../i18n/translate.ts';
import { useOccupied } from '../state/occupied.ts';
import { open, showNotice } from '../state/state.ts';
import {
  ButtonStep,
  CameraStep,
  ClockStep,
  LanguageStep,
  LightStep,
  NetworkStep,
  PinStep,
  PrevalenceStep,
  RetentionStep,
} from './guide-steps.tsx';
import { GUIDE_TITLES } from './guide-titles.ts';
import { GuideSummary } from './guide-summary.tsx';
import { useSettings } from './settings-lock.tsx';

const CONTENTS: Readonly<Record<GuideStep, (view: View) => JSX.Element>> = {
  language: (view) => <LanguageStep view={view} />,
  clock: () => <ClockStep />,
  pin: () => <PinStep />,
  camera: (view) => <CameraStep view={view} />,
  light: () => <LightStep />,
  button: (view) => <ButtonStep view={view} />,
  network: () => <NetworkStep />,
  prevalence: () => <PrevalenceStep />,
  retention: () => <RetentionStep />,
  summary: (view) => <GuideSummary view={view} steps={GUIDE_STEPS} />,
};

const leave = (): void => {
  open('live');
};

async function end(): Promise<void> {
  if (!(await goInGuide(null))) return;
  leave();
  showNotice('done', { message: t('guide.ended'), cure: t('guide.ended.cure') });
}

/** The guide is finished, and what it has set up can be tried. */
async function practise(): Promise<void> {
  if (await goInGuide(null)) await startPractice();
}

/** The keypad of a step that asks for a PIN has a key to go on as well. */
function nextLabel(step: GuideStep, next: GuideStep | undefined) {
  const now = snapshot.value;
  if (next === undefined) return 'guide.finish';
  const asksPin =
    step === 'pin'
      ? now?.pin !== 'set'
      : (step === 'retention' || step === 'prevalence') && now?.unlocked === undefined;
  return asksPin ? 'guide.skip' : 'guide.next';
}

/** Sets up a new kiosk, one step after another; the kiosk remembers the step. A press, which may be a test, leaves nothing. */
export function GuideScreen({ view }: { readonly view: View }): JSX.Element {
  useSettings();
  useOccupied();
  useEffect(() => {
    void readGuide();
  }, []);
  const now = guide.value;
  const at = Math.max(0, GUIDE_STEPS.indexOf(now?.step ?? GUIDE_STEPS[0]));
  const step = GUIDE_STEPS[at] ?? 'language';
  const [before, next] = [GUIDE_STEPS[at - 1], GUIDE_STEPS[at + 1]];
  return (
    <main class="page guide">
      <PageHead
        title={t(GUIDE_TITLES[step])}
        onBack={() => {
          if (before === undefined) leave();
          else void goInGuide(before);
        }}
      >
        <p class="page-note">{t('guide.step', { step: at + 1, steps: GUIDE_STEPS.length })}</p>
      </PageHead>
      {now === undefined ? (
        <Pending answer={undefined} />
      ) : (
        <div class="guide-step" key={step} data-step={step}>
          {CONTENTS[step](view)}
        </div>
      )}
      <div class="guide-buttons">
        {next !== undefined && <TouchButton label={t('guide.end')} icon="cross" onPress={() => void end()} />}
        {next === undefined && (
          <TouchButton label={t('practice.title')} icon="capture" onPress={() => void practise()} />
        )}
        <TouchButton
          label={t(nextLabel(step, next))}
          icon={next === undefined ? 'check' : 'open'}
          tone="main"
          onPress={() => void (next === undefined ? end() : goInGuide(next))}
        />
      </div>
    </main>
  );
}
