import type { JSX } from 'preact';
import type { GuideStep } from '#protocol/guide.ts';
import type { CheckId, SelfTestReport } from '#protocol/diagnostics.ts';
import type { View } from '#protocol/view.ts';
import { Icon } from '../components/icon.tsx';
import { Pending } from '../components/pending.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { isSelfTestReport } from '../connection/answers.ts';
import { snapshot } from '../connection/settings.ts';
import { t } from '../i18n/translate.ts';
import { GUIDE_TITLES } from './guide-titles.ts';

/** What is set, and what is still open. */
export function GuideSummary({
  view,
  steps,
}: {
  readonly view: View;
  readonly steps: readonly GuideStep[];
}): JSX.Element {
  const answer = useFetched('/api/self-test', isSelfTestReport);
  if (answer?.ok !== true) return <Pending answer={answer} waiting={t('test.waiting')} />;
  return (
    <ul class="guide-summary">
      {steps
        .filter((step) => step !== 'summary')
        .map((step) => {
          const done = isDone(step, view, answer.value);
          return (
            <li key={step} data-done={done}>
              <Icon name={done ? 'check' : 'warning'} />
              <span>{t(GUIDE_TITLES[step])}</span>
              <strong>{t(done ? 'guide.done' : 'guide.open')}</strong>
            </li>
          );
        })}
    </ul>
  );
}

/** Whether nothing is left to do; what works with its default is done. */
function isDone(step: GuideStep, { camera, button }: View, { checks }: SelfTestReport): boolean {
  const isOk = (id: CheckId): boolean => checks.find((check) => check.id === id)?.state === 'ok';
  switch (step) {
    case 'clock':
      return isOk('clock');
    case 'pin':
      return snapshot.value?.pin === 'set';
    case 'camera':
      return camera.state === 'live' && !camera.simulated;
    case 'light':
      return isOk('picture');
    case 'button':
      return button.state === 'ready' && button.driver !== 'virtual';
    case 'language':
    case 'network':
    case 'prevalence':
    case 'retention':
    case 'summary':
      return true;
  }
}
