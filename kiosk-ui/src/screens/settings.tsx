import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SettingChange } from '#protocol/settings.ts';
import { Headline } from '../components/headline.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { Tabs } from '../components/tabs.tsx';
import { change, lock, readSettings, snapshot } from '../connection/settings.ts';
import { open, showNotice } from '../state/state.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import {
  DeviceSettings,
  GateSettings,
  PictureSettings,
  PointSettings,
  ScreenSettings,
  type Unlocked,
} from './settings-groups.tsx';
import { ChoosePin, EnterPin } from './settings-pin.tsx';

/** The technician's settings. Leaving the page locks it. */
export function SettingsScreen(): JSX.Element {
  useEffect(() => {
    void readSettings().then((problem) => {
      if (problem !== undefined) showNotice('problem', problem);
    });
    return () => {
      snapshot.value = undefined;
      void lock();
    };
  }, []);
  const unlocked = snapshot.value?.unlocked;
  return (
    <main class={unlocked === undefined ? 'page settings settings-locked' : 'page settings'}>
      <PageHead
        title={t('settings.title')}
        onBack={() => {
          open('about');
        }}
      >
        {unlocked !== undefined && (
          <TouchButton label={t('settings.lock')} icon="locked" onPress={() => void lock()} />
        )}
      </PageHead>
      {unlocked === undefined ? <Locked /> : <Groups unlocked={unlocked} />}
    </main>
  );
}

function Locked(): JSX.Element {
  const now = snapshot.value;
  if (now === undefined) return <Pending answer={undefined} />;
  if (now.pin === 'set') return <EnterPin waitMs={now.waitMs} />;
  if (now.localScreen) return <ChoosePin />;
  const { message, cure } = wordsOf('pin/own-screen');
  return <Headline icon="locked" tone="caution" title={message} text={cure} />;
}

function Groups({ unlocked }: { readonly unlocked: Unlocked }): JSX.Element {
  const onChange = (wanted: SettingChange): void => {
    void change(wanted).then((problem) => {
      if (problem !== undefined) showNotice('problem', problem);
    });
  };
  const group = { unlocked, onChange };
  return (
    <Tabs
      label={t('settings.title')}
      tabs={[
        { name: t('settings.group.screen'), content: () => <ScreenSettings {...group} /> },
        { name: t('settings.group.point'), content: () => <PointSettings {...group} /> },
        { name: t('settings.group.gate'), content: () => <GateSettings {...group} /> },
        { name: t('settings.group.pictures'), content: () => <PictureSettings {...group} /> },
        { name: t('settings.group.devices'), content: () => <DeviceSettings {...group} /> },
        { name: t('settings.group.pin'), content: () => <ChoosePin another /> },
      ]}
    />
  );
}
