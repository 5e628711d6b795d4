import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { TECHNICIAN, type Credential, type UnlockState } from '#protocol/operators.ts';
import type { Words } from '#protocol/words.ts';
import { DialogPage } from '../components/dialog-page.tsx';
import { Icon } from '../components/icon.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { readUnlock, unlockWith } from '../connection/unlock.ts';
import { receiveScans } from '../input/scans.ts';
import { open, view } from '../state/state.ts';
import { answerUnlock } from '../state/unlock.ts';
import { t } from '../i18n/translate.ts';
import { PinPad, PinProblem } from './settings-pin.tsx';

const cancel = (): void => {
  answerUnlock(false);
  open('live');
};

/** Over the page that needs it: a badge is scanned, or a name chosen and the PIN entered. */
export function UnlockDialog(): JSX.Element {
  const [state, setState] = useState<UnlockState>();
  const [who, choose] = useState<string>();
  const [problem, setProblem] = useState<Words>();
  const [tries, count] = useState(0);
  const unlock = async (credential: Credential): Promise<void> => {
    const answer = await unlockWith(credential);
    if (answer.ok) return;
    setProblem(answer.words);
    // A scanner has typed its code into the PIN as well.
    count((before) => before + 1);
  };
  // With the page: a code that is scanned as soon as it is there is a badge.
  useLayoutEffect(() => {
    void readUnlock().then(setState);
    return receiveScans((badge) => void unlock({ badge }));
  }, []);
  // Nobody is present any more. A press closes nothing: it may come from elsewhere.
  const now = view.value;
  const leave = now === undefined || now.idle;
  useEffect(() => {
    if (leave) answerUnlock(false);
  }, [leave]);
  const people = state?.operators.filter(({ pin }) => pin) ?? [];
  const chosen = who ?? (people.length === 0 && state?.pin === true ? TECHNICIAN : undefined);
  const name = people.find(({ id }) => id === chosen)?.name ?? t('operators.technician');
  return (
    <DialogPage
      class="unlock"
      help="unlock"
      title={t('unlock.title')}
      onBack={() => {
        setProblem(undefined);
        if (who === undefined) cancel();
        else choose(undefined);
      }}
    >
      {chosen === undefined ? (
        <div class="unlock-who">
          <p>
            <Icon name="locked" /> {t(state?.badges === true ? 'unlock.badge' : 'unlock.who')}
          </p>
          <PinProblem problem={problem} />
          <div class="unlock-names">
            {people.map((operator) => (
              <TouchButton
                key={operator.id}
                label={operator.name}
                icon="patient"
                onPress={() => {
                  choose(operator.id);
                }}
              />
            ))}
            {state?.pin === true && (
              <TouchButton
                label={t('operators.technician')}
                icon="settings"
                onPress={() => {
                  choose(TECHNICIAN);
                }}
              />
            )}
          </div>
        </div>
      ) : (
        <PinPad
          key={`${chosen} ${tries}`}
          title={name}
          text={state?.badges === true ? t('unlock.or-badge') : t('unlock.text')}
          label={t('settings.enter')}
          enter={t('settings.unlock')}
          problem={problem}
          onEnter={(pin) => void unlock(chosen === TECHNICIAN ? { pin } : { operator: chosen, pin })}
        />
      )}
    </DialogPage>
  );
}
