import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { BUTTON_TEST_MS, type ButtonTest } from '../../../src/protocol/checkup.ts';
import type { Words } from '../../../src/protocol/reasons.ts';
import { post } from '../http.ts';
import { Icon } from './icon.tsx';
import { Key } from './key.tsx';

type Outcome = { readonly pressed: true; readonly place: string } | ({ readonly pressed: false } & Words);

/** Waits for a press of the hardware button, counting down; one that comes starts no capture. Leaving the screen ends the waiting. */
export function ButtonTestKey(): JSX.Element {
  const [waiting, setWaiting] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (!waiting) return undefined;
    const asked = new AbortController();
    void post<ButtonTest>('/api/self-test/button', asked.signal).then((answer) => {
      if (asked.signal.aborted) return;
      setOutcome(answer.ok ? answer.value : { pressed: false, ...answer.words });
      setWaiting(false);
    });
    return () => {
      asked.abort();
    };
  }, [waiting]);
  return (
    <div class="test-key">
      {waiting ? (
        <Key
          label="Stop waiting"
          icon="cross"
          onPress={() => {
            setWaiting(false);
          }}
        />
      ) : (
        <Key
          label="Test the button"
          icon="capture"
          onPress={() => {
            setOutcome(undefined);
            setWaiting(true);
          }}
        />
      )}
      <p class="test-answer" role="status">
        {waiting ? <Countdown /> : outcome !== undefined && <Said outcome={outcome} />}
      </p>
    </div>
  );
}

function Countdown(): JSX.Element {
  const [seconds, setSeconds] = useState(BUTTON_TEST_MS / 1_000);
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds((left) => Math.max(0, left - 1));
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <span class="countdown">
      Press the button now <span aria-hidden="true">· {seconds} s</span>
    </span>
  );
}

function Said({ outcome }: { readonly outcome: Outcome }): JSX.Element {
  return outcome.pressed ? (
    <>
      <Icon name="check" />
      <span>Pressed: {outcome.place}</span>
    </>
  ) : (
    <>
      <Icon name="warning" />
      <span>
        <strong>{outcome.message}</strong> {outcome.cure}
      </span>
    </>
  );
}
