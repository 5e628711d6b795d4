import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Check, CheckState } from '#protocol/diagnostics.ts';
import { isSelfTestReport } from '../connection/answers.ts';
import { ButtonTestButton } from '../components/button-test-button.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { LampTestButton } from '../components/lamp-test-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Paged } from '../components/paged.tsx';
import { Pending } from '../components/pending.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { open } from '../state/state.ts';
import { codes, cureSent } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** Checks that fit, each with a cure, on the smaller screen. */
const PER_PAGE = 4;

const MARKS: Readonly<Record<CheckState, IconName>> = {
  ok: 'check',
  warning: 'warning',
  failed: 'cross',
  unknown: 'unknown',
};

/** Failures and warnings first. */
const ORDER: readonly CheckState[] = ['failed', 'warning', 'unknown', 'ok'];

/** Every component: its state, what was found and the cure; and two tests that need a person to press or look. */
export function SelfTestScreen(): JSX.Element {
  // Another number makes another path, so that the self-test runs again.
  const [run, setRun] = useState(1);
  const answer = useFetched(`/api/self-test?run=${run}`, isSelfTestReport);
  const report = answer?.ok === true ? answer.value : undefined;
  return (
    <main class="page self-test">
      <PageHead
        title={t('test.title')}
        onBack={() => {
          open('menu');
        }}
      >
        {report !== undefined && <p class="page-note">{summary(report.checks)}</p>}
        <TouchButton
          label={t('test.again')}
          icon="retake"
          disabled={answer === undefined}
          onPress={() => {
            setRun(run + 1);
          }}
        />
      </PageHead>
      {report === undefined ? (
        <Pending answer={answer?.ok === false ? answer : undefined} waiting={t('test.waiting')} />
      ) : (
        <div class="check-pages">
          <Paged key={run} rows={sorted(report.checks)} perPage={PER_PAGE}>
            {(checks) => <Checks checks={checks} />}
          </Paged>
        </div>
      )}
      <div class="test-buttons">
        <ButtonTestButton />
        <LampTestButton />
      </div>
    </main>
  );
}

function Checks({ checks }: { readonly checks: readonly Check[] }): JSX.Element {
  return (
    <ul class="checks">
      {checks.map((check) => (
        <li key={check.id} class={`check check-${check.state}`}>
          <Icon name={MARKS[check.state]} />
          <div class="check-name">
            <strong>{codes().checks[check.id]}</strong>
            <span class="check-state">{t(`test.${check.state}`)}</span>
          </div>
          <div class="check-text">
            <p class="check-found">{check.found}</p>
            {check.cure !== undefined && <p class="check-cure">{cureSent(check)}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function sorted(checks: readonly Check[]): readonly Check[] {
  return checks.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

function summary(checks: readonly Check[]): string {
  const count = (state: CheckState): number => checks.filter((check) => check.state === state).length;
  const [failed, warnings] = [count('failed'), count('warning')];
  if (failed + warnings === 0) return t('test.well');
  return [
    ...(failed === 0 ? [] : [t('test.failures', { count: failed })]),
    ...(warnings === 0 ? [] : [t('test.warnings', { count: warnings })]),
  ].join(', ');
}
