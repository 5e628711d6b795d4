import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Words } from '#protocol/words.ts';
import { isFitPin, PIN_LENGTH } from '#protocol/pin.ts';
import { Keypad } from '../components/keypad.tsx';
import { TypedText } from '../components/typed-text.tsx';
import { readSettings, setPin } from '../connection/settings.ts';
import { unlockWith } from '../connection/unlock.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

interface PinPadProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly enter: string;
  readonly problem: Words | undefined;
  readonly onEnter: (pin: string) => void;
}

/** Keypad beside its prompt; the PIN is masked. */
export function PinPad({ title, text, label, enter, problem, onEnter }: PinPadProps): JSX.Element {
  const [pin, setValue] = useState('');
  return (
    <div class="pin">
      <div class="pin-text">
        <h2>{title}</h2>
        <TypedText label={label} value={pin} hidden />
        <PinProblem problem={problem} />
        <p class="small">{text}</p>
      </div>
      <Keypad
        value={pin}
        max={PIN_LENGTH.most}
        enter={enter}
        onChange={setValue}
        onEnter={() => {
          setValue('');
          onEnter(pin);
        }}
      />
    </div>
  );
}

/** Why a PIN or a badge was refused; keeps its place while there is nothing to say. */
export function PinProblem({ problem }: { readonly problem: Words | undefined }): JSX.Element {
  return (
    <p class="pin-problem" role="alert">
      {problem !== undefined && (
        <>
          <strong>{problem.message}</strong> {problem.cure}
        </>
      )}
    </p>
  );
}

/** Opens the settings, and what else the PIN unlocks. @returns why not; `undefined` if it did */
async function openSettings(pin: string): Promise<Words | undefined> {
  const answer = await unlockWith({ pin });
  const problem = await readSettings();
  return answer.ok ? problem : answer.words;
}

export function EnterPin({ waitMs }: { readonly waitMs: number }): JSX.Element {
  const [problem, setProblem] = useState<Words>();
  if (waitMs > 0) return <Wait waitMs={waitMs} problem={problem} />;
  return (
    <PinPad
      title={t('settings.enter.title')}
      text={t('settings.locked.text')}
      label={t('settings.enter')}
      enter={t('settings.unlock')}
      problem={problem}
      onEnter={(pin) => {
        void openSettings(pin).then(setProblem);
      }}
    />
  );
}

/** Counts down, then asks the kiosk whether it accepts another attempt. */
function Wait({
  waitMs,
  problem,
}: {
  readonly waitMs: number;
  readonly problem: Words | undefined;
}): JSX.Element {
  const [left, setLeft] = useState(Math.ceil(waitMs / 1000));
  useEffect(() => {
    const until = performance.now() + waitMs;
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - performance.now()) / 1000);
      setLeft(Math.max(0, seconds));
      if (seconds <= 0) void readSettings();
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, [waitMs]);
  const time =
    left >= 120
      ? t('settings.minutes', { count: Math.ceil(left / 60) })
      : t('settings.seconds', { count: left });
  return (
    <div class="pin-wait">
      <p class="pin-problem" role="alert">
        {problem?.message}
      </p>
      <p class="pin-time">{t('settings.wait', { time })}</p>
    </div>
  );
}

/** The first PIN, or a new one: entered twice, since it is masked. */
export function ChoosePin({ another = false }: { readonly another?: boolean }): JSX.Element {
  const [first, setFirst] = useState<string>();
  const [problem, setProblem] = useState<Words>();
  const differ = { message: t('settings.differ'), cure: t('settings.differ.cure') };
  const enter = async (pin: string): Promise<void> => {
    if (first === undefined && !isFitPin(pin, PIN_LENGTH)) {
      setProblem(wordsOf('pin/weak'));
      return;
    }
    setFirst(first === undefined ? pin : undefined);
    if (first === undefined) setProblem(undefined);
    else if (first !== pin) setProblem(differ);
    else await take(pin);
  };
  const take = async (pin: string): Promise<void> => {
    const refused = await setPin(pin);
    // The same PIN opens the log, the patients and the operators.
    if (refused === undefined) await unlockWith({ pin });
    setProblem(refused);
    if (refused === undefined)
      showNotice('done', { message: t('settings.was-set'), cure: t('settings.was-set.cure') });
  };
  return (
    <PinPad
      key={first === undefined ? 'first' : 'again'}
      title={t(another ? 'settings.pin.change' : 'settings.first')}
      text={another ? `${t('settings.first.text')} · ${t('settings.pin.text')}` : t('settings.first.text')}
      label={t(first === undefined ? 'settings.enter' : 'settings.again')}
      enter={t(first === undefined ? 'settings.next' : 'settings.set')}
      problem={problem}
      onEnter={(pin) => void enter(pin)}
    />
  );
}
