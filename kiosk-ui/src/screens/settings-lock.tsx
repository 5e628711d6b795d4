import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SettingChange } from '#protocol/settings.ts';
import { Headline } from '../components/headline.tsx';
import { Pending } from '../components/pending.tsx';
import { change, lock, readSettings, snapshot } from '../connection/settings.ts';
import { showNotice } from '../state/state.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { ChoosePin, EnterPin } from './settings-pin.tsx';

/** Reads the settings for a page that shows them; leaving the page locks them. */
export function useSettings(): void {
  useEffect(() => {
    void readSettings().then((problem) => {
      if (problem !== undefined) showNotice('problem', problem);
    });
    return () => {
      snapshot.value = undefined;
      void lock();
    };
  }, []);
}

/** Changes a setting, and says why if the kiosk rejects it. */
export function changeSetting(wanted: SettingChange): void {
  void change(wanted).then((problem) => {
    if (problem !== undefined) showNotice('problem', problem);
  });
}

/** In place of the settings while they are locked: asks for the PIN, or for the first one. */
export function Locked(): JSX.Element {
  const now = snapshot.value;
  if (now === undefined) return <Pending answer={undefined} />;
  if (now.pin === 'set') return <EnterPin waitMs={now.waitMs} />;
  if (now.localScreen) return <ChoosePin />;
  const { message, cure } = wordsOf('pin/own-screen');
  return <Headline icon="locked" tone="caution" title={message} text={cure} />;
}
