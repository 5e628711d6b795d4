import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Check, CheckState, SelfTestReport } from '../../../src/protocol/checkup.ts';
import { ButtonTestKey } from '../parts/button-test-key.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Key } from '../parts/key.tsx';
import { LampTestKey } from '../parts/lamp-test-key.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Paged } from '../parts/paged.tsx';
import { Pending } from '../parts/pending.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { open } from '../state.ts';

/** As many checks as fit under one another, each with a cure, on the smaller screen. */
const PER_PAGE = 4;

const MARKS: Readonly<Record<CheckState, { readonly icon: IconName; readonly word: string }>> = {
  ok: { icon: 'check', word: 'OK' },
  warning: { icon: 'warning', word: 'Warning' },
  failed: { icon: 'cross', word: 'Failed' },
  unknown: { icon: 'unknown', word: 'Not told' },
};

/** What somebody has to do something about comes first. */
const ORDER: readonly CheckState[] = ['failed', 'warning', 'unknown', 'ok'];

/** Every part of the kiosk: how it is, what was found, and the cure; and two parts that need somebody who presses or looks. */
export function SelfTestScreen(): JSX.Element {
  // Another number, another path: the check-up runs again.
  const [run, setRun] = useState(1);
  const answer = useAnswer<SelfTestReport>(`/api/self-test?run=${run}`);
  const report = answer?.ok === true ? answer.value : undefined;
  return (
    <main class="page self-test">
      <PageHead
        title="Self-test"
        onBack={() => {
          open('about');
        }}
      >
        {report !== undefined && <p class="page-note">{summary(report.checks)}</p>}
        <Key
          label="Test again"
          icon="retake"
          disabled={answer === undefined}
          onPress={() => {
            setRun(run + 1);
          }}
        />
      </PageHead>
      {report === undefined ? (
        <Pending answer={answer?.ok === false ? answer : undefined} waiting="Testing…" />
      ) : (
        <div class="check-pages">
          <Paged key={run} rows={sorted(report.checks)} perPage={PER_PAGE}>
            {(checks) => <Checks checks={checks} />}
          </Paged>
        </div>
      )}
      <div class="test-keys">
        <ButtonTestKey />
        <LampTestKey />
      </div>
    </main>
  );
}

function Checks({ checks }: { readonly checks: readonly Check[] }): JSX.Element {
  return (
    <ul class="checks">
      {checks.map((check) => (
        <li key={check.id} class={`check check-${check.state}`}>
          <Icon name={MARKS[check.state].icon} />
          <div class="check-name">
            <strong>{check.title}</strong>
            <span class="check-state">{MARKS[check.state].word}</span>
          </div>
          <div class="check-words">
            <p class="check-found">{check.found}</p>
            {check.cure !== undefined && <p class="check-cure">{check.cure}</p>}
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
  if (failed + warnings === 0) return 'Nothing wrong was found';
  return [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
  ].join(', ');
}
