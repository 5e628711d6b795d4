import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Check, CheckState } from '#protocol/diagnostics.ts';
import { isSelfTestReport } from '../connection/answers.ts';
import { plainFinding } from '../format/checks.ts';
import { ButtonTestButton } from '../components/button-test-button.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { LampTestButton } from '../components/lamp-test-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Paged } from '../components/paged.tsx';
import { Pending } from '../components/pending.tsx';
import { Switch } from '../components/switch.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { hasRoom } from '../components/use-room.ts';
import { open } from '../state/state.ts';
import { codes, cureSent } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** Checks that fit, each with a cure, and with what a technician wants to know. */
const PER_PAGE = {
  small: { plain: 4, details: 4 },
  large: { plain: 7, details: 6 },
} as const;

const MARKS: Readonly<Record<CheckState, IconName>> = {
  ok: 'check',
  warning: 'warning',
  failed: 'cross',
  unknown: 'unknown',
};

/** Failures and warnings first. */
const ORDER: readonly CheckState[] = ['failed', 'warning', 'unknown', 'ok'];

/**
 * Every component: its state, the cure, and as *Details* what was found, in a technician's words; and two tests that need
 * a person to press or look.
 */
export function SelfTestScreen(): JSX.Element {
  // Another number makes another path, so that the self-test runs again.
  const [run, setRun] = useState(1);
  const [detailed, setDetailed] = useState(false);
  // As it was opened: pages of another length would lose the place.
  const [room] = useState(hasRoom);
  const perPage = PER_PAGE[room ? 'large' : 'small'][detailed ? 'details' : 'plain'];
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
        <Switch label={t('test.details')} on={detailed} onSwitch={setDetailed} />
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
          <Paged key={`${run} ${perPage}`} rows={sorted(report.checks)} perPage={perPage}>
            {(checks) => <Checks checks={checks} detailed={detailed} />}
          </Paged>
        </div>
      )}
      <div class="test-buttons">
        <ButtonTestButton detailed={detailed} />
        <LampTestButton detailed={detailed} />
      </div>
    </main>
  );
}

interface ChecksProps {
  readonly checks: readonly Check[];
  readonly detailed: boolean;
}

function Checks({ checks, detailed }: ChecksProps): JSX.Element {
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
            <p class="check-found">{detailed ? check.found : plainFinding(check)}</p>
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
