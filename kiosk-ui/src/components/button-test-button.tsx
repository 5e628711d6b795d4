import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { BUTTON_TEST_MS, type ButtonTest } from '#protocol/diagnostics.ts';
import type { Words } from '#protocol/words.ts';
import { isButtonTest } from '../connection/answers.ts';
import { post, type FetchResult } from '../connection/http.ts';
import { Icon } from './icon.tsx';
import { TouchButton } from './touch-button.tsx';
import { codes } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

type Outcome = { readonly pressed: true; readonly location: string } | ({ readonly pressed: false } & Words);

/**
 * Waits for a press of the hardware button, with a countdown; the press starts no capture. Leaving the screen cancels
 * the test.
 */
export function ButtonTestButton({ detailed = false }: { readonly detailed?: boolean }): JSX.Element {
  const [waiting, setWaiting] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  useEffect(() => {
    if (!waiting) return undefined;
    const asked = new AbortController();
    void post('/api/self-test/button', isButtonTest, asked.signal).then((answer) => {
      if (asked.signal.aborted) return;
      setOutcome(outcomeOf(answer));
      setWaiting(false);
    });
    return () => {
      asked.abort();
    };
  }, [waiting]);
  return (
    <div class="test-button">
      {waiting ? (
        <TouchButton
          label={t('test.button.stop')}
          icon="cross"
          leaves
          onPress={() => {
            setWaiting(false);
          }}
        />
      ) : (
        <TouchButton
          label={t('test.button')}
          icon="capture"
          onPress={() => {
            setOutcome(undefined);
            setWaiting(true);
          }}
        />
      )}
      <p class="test-result" role="status">
        {waiting ? (
          <Countdown />
        ) : (
          outcome !== undefined && <OutcomeText outcome={outcome} detailed={detailed} />
        )}
      </p>
    </div>
  );
}

function outcomeOf(answer: FetchResult<ButtonTest>): Outcome {
  if (!answer.ok) return { pressed: false, ...answer.words };
  return answer.value.pressed ? answer.value : { pressed: false, ...codes().noPress };
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
      {t('test.button.now')} <span aria-hidden="true">· {seconds} s</span>
    </span>
  );
}

interface OutcomeTextProps {
  readonly outcome: Outcome;
  /** Whether to say where the press came from, in a technician's words. */
  readonly detailed: boolean;
}

function OutcomeText({ outcome, detailed }: OutcomeTextProps): JSX.Element {
  return outcome.pressed ? (
    <>
      <Icon name="check" />
      <span>{detailed ? t('test.button.pressed', { place: outcome.location }) : t('test.button.heard')}</span>
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
